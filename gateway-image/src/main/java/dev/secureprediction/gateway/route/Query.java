package dev.secureprediction.gateway.route;

import dev.secureprediction.policy.model.Action;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Reads raw query strings: finds credentials in them, and the few parameters that are accepted. */
public final class Query {
    private static final Set<String> CREDENTIAL_NAMES = Set.of(
            "access_token",
            "accesstoken",
            "token",
            "id_token",
            "auth",
            "auth_token",
            "authorization",
            "bearer",
            "bearer_token",
            "oauth_token",
            "jwt",
            "key",
            "api_key",
            "apikey",
            "x_api_key",
            "x_goog_api_key");

    private Query() {}

    /** Whether some parameter's name says that its value is a credential (RFC 6750, section 2.3 is not supported). */
    public static boolean carriesCredential(String query) {
        for (String parameter : query.split("[&;]", -1)) {
            int equals = parameter.indexOf('=');
            String name = equals < 0 ? parameter : parameter.substring(0, equals);
            if (CREDENTIAL_NAMES.contains(normal(name))) {
                return true;
            }
        }
        return false;
    }

    /**
     * What the query asks for; empty when it has anything that is not accepted.
     *
     * @param query what stands after the question mark; absent: no question mark
     * @param operation server-sent events are for streams only
     */
    public static Optional<AnswerForm> parse(Optional<String> query, Operation operation) {
        if (query.isEmpty()) {
            return Optional.of(AnswerForm.JSON);
        }
        AnswerForm form = AnswerForm.JSON;
        Set<String> seen = new HashSet<>();
        for (String parameter : query.get().split("&", -1)) {
            if (!seen.add(parameter)) {
                return Optional.empty();
            }
            switch (parameter) {
                case "alt=json" -> {}
                case "alt=sse" -> form = AnswerForm.SSE;
                case "$alt=json;enum-encoding=int",
                        "$alt=json%3Benum-encoding%3Dint",
                        "%24alt=json%3Benum-encoding%3Dint" -> {
                    if (form == AnswerForm.JSON) {
                        form = AnswerForm.JSON_ENUMS_AS_NUMBERS;
                    }
                }
                default -> {
                    return Optional.empty();
                }
            }
        }
        boolean streams = operation.action() == Action.Stream;
        boolean contradicts = form == AnswerForm.SSE && (seen.contains("alt=json") || !streams);
        return contradicts ? Optional.empty() : Optional.of(form);
    }

    private static String normal(String name) {
        String decoded;
        try {
            decoded = URLDecoder.decode(name, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            decoded = name; // not decodable; refused later as an unknown parameter
        }
        return decoded.strip().toLowerCase(Locale.ROOT).replace('-', '_');
    }
}
