package dev.secureprediction.sandbox.cloud.api;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.linecorp.armeria.common.AggregatedHttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.server.ServiceRequestContext;
import com.nimbusds.jose.util.JSONObjectUtils;
import dev.secureprediction.sandbox.cloud.CloudState;
import dev.secureprediction.sandbox.cloud.error.GoogleErrors;
import dev.secureprediction.sandbox.cloud.observe.Calls;
import dev.secureprediction.sandbox.cloud.observe.Faults;
import java.net.URLDecoder;
import java.text.ParseException;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** IAM credentials, `POST /v1/projects/-/serviceAccounts/EMAIL:generateAccessToken`: impersonation. */
final class CredentialApi extends HandWritten {
    static final String PATH = "regex:^/v1/projects/[^/]+/serviceAccounts/[^/:]+:generateAccessToken$";

    private static final Pattern LIFETIME = Pattern.compile("([0-9]{1,5})s");
    private static final long LONGEST_SECONDS = 3600;

    CredentialApi(CloudState state, Faults faults, Calls calls) {
        super("google.iam.credentials.v1.IAMCredentials/GenerateAccessToken", state, faults, calls);
    }

    @Override
    HttpResponse answer(ServiceRequestContext ctx, AggregatedHttpRequest request, Trace trace) {
        String path = URLDecoder.decode(ctx.path().replace("+", "%2B"), UTF_8);
        String account = path.substring("/v1/".length(), path.lastIndexOf(':'));
        trace.about(account);
        var caller = state().identity().authenticate(Caller.authorization(request.headers()));
        trace.caller(caller.member());
        state().access().require(caller, "iam.serviceAccounts.getAccessToken", account);
        var target = state().accounts().get(account);
        if (target.getDisabled()) {
            throw GoogleErrors.failedPrecondition("The service account " + target.getEmail() + " is disabled.");
        }
        Map<String, Object> body = body(request);
        if (!(body.get("scope") instanceof List<?> scopes) || scopes.isEmpty()) {
            throw GoogleErrors.invalid("scope: must be provided");
        }
        var token = state().identity()
                .mint("serviceAccount:" + target.getEmail(), lifetime(body.getOrDefault("lifetime", "3600s")));
        return HttpResponse.of(
                HttpStatus.OK,
                MediaType.JSON_UTF_8,
                JSONObjectUtils.toJSONString(Map.of(
                        "accessToken",
                        token.value(),
                        "expireTime",
                        token.expiresAt().truncatedTo(ChronoUnit.SECONDS).toString())));
    }

    private static Map<String, Object> body(AggregatedHttpRequest request) {
        try {
            return JSONObjectUtils.parse(request.contentUtf8());
        } catch (ParseException e) {
            throw GoogleErrors.invalid("Invalid JSON payload received.");
        }
    }

    private static Duration lifetime(Object value) {
        Matcher seconds = LIFETIME.matcher(String.valueOf(value));
        if (!seconds.matches() || Long.parseLong(seconds.group(1)) > LONGEST_SECONDS) {
            throw GoogleErrors.invalid("lifetime: must be a number of seconds up to 3600s");
        }
        return Duration.ofSeconds(Long.parseLong(seconds.group(1)));
    }
}
