package dev.secureprediction.sandbox.cloud.api;

import com.linecorp.armeria.common.AggregatedHttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.common.QueryParams;
import com.linecorp.armeria.server.ServiceRequestContext;
import com.nimbusds.jose.util.JSONObjectUtils;
import dev.secureprediction.sandbox.cloud.CloudState;
import dev.secureprediction.sandbox.cloud.iam.Principal;
import dev.secureprediction.sandbox.cloud.iam.TokenExchange;
import dev.secureprediction.sandbox.cloud.observe.Calls;
import dev.secureprediction.sandbox.cloud.observe.Faults;
import java.text.ParseException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Security Token Service, `POST /v1/token` (RFC 8693), as a form or as JSON. */
final class TokenApi extends HandWritten {
    private static final String GRANT = "urn:ietf:params:oauth:grant-type:token-exchange";
    private static final String ACCESS_TOKEN = "urn:ietf:params:oauth:token-type:access_token";
    private static final Duration LIFETIME = Duration.ofHours(1);

    TokenApi(CloudState state, Faults faults, Calls calls) {
        super("google.identity.sts.v1.SecurityTokenService/ExchangeToken", state, faults, calls);
    }

    @Override
    HttpResponse answer(ServiceRequestContext ctx, AggregatedHttpRequest request, Trace trace) {
        try {
            Fields fields = Fields.of(request);
            if (!fields.get("grant_type", "grantType").equals(GRANT)) {
                return refusal("unsupported_grant_type", "grant_type must be " + GRANT);
            }
            if (!fields.get("subject_token_type", "subjectTokenType").endsWith(":jwt")) {
                return refusal("invalid_request", "subject_token_type must be urn:ietf:params:oauth:token-type:jwt");
            }
            String audience = fields.get("audience", "audience");
            trace.about(audience);
            Principal principal =
                    state().identity().exchange().exchange(audience, fields.get("subject_token", "subjectToken"));
            trace.caller(principal.member());
            var token = state().tokens().mint(principal, Optional.empty(), LIFETIME);
            Map<String, Object> body = new LinkedHashMap<>();
            body.put("access_token", token.value());
            body.put("issued_token_type", ACCESS_TOKEN);
            body.put("token_type", "Bearer");
            body.put("expires_in", LIFETIME.toSeconds());
            return HttpResponse.of(HttpStatus.OK, MediaType.JSON_UTF_8, JSONObjectUtils.toJSONString(body));
        } catch (TokenExchange.Refused e) {
            return refusal(e.error(), String.valueOf(e.getMessage()));
        }
    }

    private static HttpResponse refusal(String error, String description) {
        return HttpResponse.of(
                HttpStatus.BAD_REQUEST,
                MediaType.JSON_UTF_8,
                JSONObjectUtils.toJSONString(Map.of("error", error, "error_description", description)));
    }

    /** The request's members; JSON writes them in camel case. */
    private record Fields(Map<String, Object> json, QueryParams form) {

        static Fields of(AggregatedHttpRequest request) {
            MediaType type = request.contentType();
            try {
                return type != null && type.isJson()
                        ? new Fields(JSONObjectUtils.parse(request.contentUtf8()), QueryParams.of())
                        : new Fields(Map.of(), QueryParams.fromQueryString(request.contentUtf8()));
            } catch (ParseException e) {
                return new Fields(Map.of(), QueryParams.of());
            }
        }

        String get(String formName, String jsonName) {
            return form.contains(formName)
                    ? form.get(formName, "")
                    : String.valueOf(json.getOrDefault(jsonName, json.getOrDefault(formName, "")));
        }
    }
}
