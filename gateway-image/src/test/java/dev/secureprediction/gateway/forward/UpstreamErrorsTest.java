package dev.secureprediction.gateway.forward;

import static org.assertj.core.api.Assertions.assertThat;

import dev.secureprediction.gateway.error.ErrorCode;
import dev.secureprediction.gateway.error.Refusal;
import dev.secureprediction.policy.model.Credential;
import dev.secureprediction.policy.model.Model;
import dev.secureprediction.policy.model.Upstream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What callers are told of the upstream's errors. */
final class UpstreamErrorsTest {
    private static final Upstream UPSTREAM = new Upstream(
            "europe-west4-aiplatform.googleapis.com",
            "acme-ml-qa",
            "100000000002",
            "europe-west4",
            new Model.Endpoint("1"),
            new Credential.Metadata());

    private static Refusal map(int status, String body) {
        return UpstreamErrors.map(status, Optional.empty(), body.getBytes(StandardCharsets.UTF_8), UPSTREAM);
    }

    private static String error(String message) {
        return "{\"error\":{\"code\":400,\"message\":\"" + message + "\",\"status\":\"INVALID_ARGUMENT\"}}";
    }

    @ParameterizedTest
    @CsvSource({
        "400,UPSTREAM_INVALID_ARGUMENT,400",
        "401,UPSTREAM_UNAUTHENTICATED,502",
        "403,UPSTREAM_PERMISSION_DENIED,403",
        "404,UPSTREAM_NOT_FOUND,404",
        "429,UPSTREAM_EXHAUSTED,429",
        "500,UPSTREAM_FAILED,502",
        "302,UPSTREAM_FAILED,502",
        "503,UPSTREAM_UNAVAILABLE,503",
        "504,UPSTREAM_FIRST_BYTE_TIMEOUT,504"
    })
    void statusesAreMapped(int upstream, ErrorCode code, int answer) {
        assertThat(map(upstream, "not json").code()).isEqualTo(code);
        assertThat(code.httpStatus()).isEqualTo(answer);
    }

    @Test
    void aHelpfulMessageIsPassedOn() {
        assertThat(map(400, error("instances[0] has 3 features, expected 4")).message())
                .isEqualTo("instances[0] has 3 features, expected 4");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "no such thing in projects/acme-ml-qa",
                "ask ACME-ML-QA's owner",
                "project 100000000002 is disabled",
                "see https://console.cloud.google.com/",
                "sa@x.iam.gserviceaccount.com may not",
                ""
            })
    void aMessageThatTellsOfTheProjectIsNot(String message) {
        assertThat(map(400, error(message)).message()).isEqualTo(ErrorCode.UPSTREAM_INVALID_ARGUMENT.message());
    }

    @Test
    void aDeniedGatewayNamesNothing() {
        String body =
                "{\"error\":{\"code\":403,\"message\":\"Permission 'aiplatform.endpoints.predict' denied on resource"
                        + " '//aiplatform.googleapis.com/projects/acme-ml-qa'\",\"status\":\"PERMISSION_DENIED\"}}";
        assertThat(map(403, body).message()).isEqualTo(ErrorCode.UPSTREAM_PERMISSION_DENIED.message());
        assertThat(map(403, body).auditReason()).isEqualTo("UPSTREAM_403:PERMISSION_DENIED");
    }

    @Test
    void timesToWaitArePassedOn() {
        String body = "[{\"error\":{\"code\":429,\"details\":[{\"@type\":\"type.googleapis.com/google.rpc.RetryInfo\","
                + "\"retryDelay\":\"7.5s\"}]}}]";
        assertThat(map(429, body).retryAfter()).contains(Duration.ofSeconds(7));
        assertThat(UpstreamErrors.map(429, Optional.of("3"), new byte[0], UPSTREAM)
                        .retryAfter())
                .contains(Duration.ofSeconds(3));
        assertThat(UpstreamErrors.map(429, Optional.of("Wed, 21 Oct"), new byte[0], UPSTREAM)
                        .retryAfter())
                .isEmpty();
    }
}
