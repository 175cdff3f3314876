package dev.secureprediction.cli.inspect;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.secureprediction.policy.codec.PolicyCodec;
import dev.secureprediction.policy.decision.Caller;
import dev.secureprediction.policy.decision.CallerClaims;
import dev.secureprediction.policy.decision.Decision;
import dev.secureprediction.policy.decision.PolicyDecisionPoint;
import dev.secureprediction.policy.model.Action;
import dev.secureprediction.policy.model.Issuer;
import dev.secureprediction.policy.model.PolicyBundle;
import dev.secureprediction.policy.model.Revocations;
import dev.secureprediction.policy.model.Surface;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Which rule of a policy would answer a caller, by the same decision that gateways make. Says claim names, never values.
 *
 * @param answered whether some role would
 * @param lines for people
 */
record CallerVerdict(boolean answered, List<String> lines) {

    private static final ObjectMapper JSON = new ObjectMapper();

    CallerVerdict {
        lines = List.copyOf(lines);
    }

    /**
     * A caller's.
     *
     * @param revoked who is refused whatever the policy says
     */
    static CallerVerdict of(byte[] policy, Revocations revoked, String token, Instant now) {
        PolicyBundle bundle = PolicyCodec.read(policy);
        Map<String, Object> claims = claims(token);
        List<String> lines = new ArrayList<>();
        lines.add("The token carries the claims " + String.join(", ", new TreeSet<>(claims.keySet()))
                + "; its signature was not checked.");
        Optional<Issuer> issuer = bundle.issuers().stream()
                .filter(known -> known.url().equals(claims.get("iss")))
                .filter(known -> audiences(claims).stream().anyMatch(known.audiences()::contains))
                .findFirst();
        if (issuer.isEmpty()) {
            boolean known =
                    bundle.issuers().stream().anyMatch(other -> other.url().equals(claims.get("iss")));
            lines.add(
                    known
                            ? "It would be refused, TOKEN_AUDIENCE_REFUSED: none of its aud is one that this endpoint takes from its"
                                    + " iss. Ask the issuer for a token for this environment."
                            : "It would be refused, TOKEN_INVALID: this endpoint does not trust its iss. Another"
                                    + " environment's token, perhaps.");
            return new CallerVerdict(false, lines);
        }
        Caller caller = CallerClaims.of(issuer.get(), claims);
        Optional<String> fault = TokenFaults.first(claims, issuer.get(), revoked, caller.subject(), now);
        if (fault.isPresent()) {
            lines.add("It would be refused, " + fault.get());
            return new CallerVerdict(false, lines);
        }
        PolicyDecisionPoint decisions = PolicyDecisionPoint.compile(bundle);
        boolean answered = false;
        for (Surface surface : bundle.surfaces()) {
            for (Action action : Action.values()) {
                Decision decision = decisions.decide(caller, surface, action);
                answered |= decision instanceof Decision.Permit;
                lines.add(surface + " " + action + ": " + words(decision));
            }
        }
        return new CallerVerdict(answered, lines);
    }

    private static String words(Decision decision) {
        return switch (decision) {
            case Decision.Permit permit ->
                "role '" + permit.role().name() + "' answers: " + permit.role().when();
            case Decision.Deny deny -> "refused, " + deny.reason();
        };
    }

    private static Map<String, Object> claims(String token) {
        String[] parts = token.split("\\.", -1);
        if (parts.length != 3) {
            throw new IllegalStateException("the file does not hold a token of three parts");
        }
        try {
            byte[] payload = Base64.getUrlDecoder().decode(parts[1]);
            return JSON.readValue(new String(payload, StandardCharsets.UTF_8), new TypeReference<>() {});
        } catch (IllegalArgumentException | JsonProcessingException e) {
            throw new IllegalStateException("the token's claims are not readable");
        }
    }

    private static List<String> audiences(Map<String, Object> claims) {
        Object audience = claims.getOrDefault("aud", List.of());
        return audience instanceof List<?> many
                ? many.stream().map(String::valueOf).toList()
                : List.of(String.valueOf(audience));
    }
}
