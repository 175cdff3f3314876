package dev.secureprediction.gateway.surface;

import static org.assertj.core.api.Assertions.assertThat;

import dev.secureprediction.gateway.error.ErrorShape;
import dev.secureprediction.gateway.route.AnswerForm;
import dev.secureprediction.gateway.route.ApiVersion;
import dev.secureprediction.gateway.route.Operation;
import dev.secureprediction.gateway.route.Query;
import dev.secureprediction.gateway.route.Route;
import dev.secureprediction.gateway.route.RouteMatch;
import dev.secureprediction.gateway.route.Target;
import dev.secureprediction.policy.model.Model;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which paths mean something, and that all others mean nothing. */
final class RoutingTest {

    private static RouteMatch match(String method, String path) {
        return SurfaceRegistry.standard().match(method, path);
    }

    @Test
    void anEndpointsPathIsItsParts() {
        assertThat(match("POST", "/v1/projects/acme/locations/europe-west4/endpoints/spe-1:predict"))
                .isEqualTo(new RouteMatch.Matched(
                        new Route(
                                Operation.PREDICT,
                                new Target.Google(ApiVersion.V1, "acme", "europe-west4", new Model.Endpoint("spe-1"))),
                        ErrorShape.GOOGLE));
    }

    @Test
    void aPublisherModelMayHaveAVersion() {
        RouteMatch match = match(
                "POST",
                "/v1beta1/projects/123/locations/global/publishers/google/models/gemini-2.5-flash@001:streamGenerateContent");
        assertThat(match)
                .isEqualTo(new RouteMatch.Matched(
                        new Route(
                                Operation.STREAM_GENERATE_CONTENT,
                                new Target.Google(
                                        ApiVersion.V1BETA1,
                                        "123",
                                        "global",
                                        new Model.Publisher("google", "gemini-2.5-flash@001"))),
                        ErrorShape.GOOGLE));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/v1/projects/acme/locations/evil.com/endpoints/1:predict",
                "/v1/projects/acme/locations/evil.com//endpoints/1:predict",
                "/v1/projects/acme/locations/169.254.169.254#/endpoints/1:predict",
                "/v1/projects/acme/locations/x@y/endpoints/1:predict",
                "/v1/projects/acme/locations/europe-west4%23/endpoints/1:predict",
                "/v1/projects/acme/locations/europe\u2024west4/endpoints/1:predict",
                "/v1/projects/acme/locations/EUROPE-WEST4/endpoints/1:predict",
                "/v1/projects/acme/locations/europe-west4/endpoints/1:PREDICT",
                "/v1/projects/acme/locations/europe-west4/endpoints/1:predict:rawPredict",
                "/v1/projects/acme/locations/europe-west4/endpoints/1:delete",
                "/v1/projects/acme/locations/europe-west4/endpoints/1",
                "/v1/projects/acme/locations/europe-west4/endpoints/1:",
                "/v1/projects/acme/locations/europe-west4/endpoints/:predict",
                "/v1/projects/acme/locations/europe-west4/endpoints/../endpoints/1:predict",
                "/v1/projects/acme/locations/europe-west4/endpoints/1:predict/",
                "/v1/projects/acme/locations/europe-west4/endpoints/1;x=y:predict",
                "/v1/projects/acme/locations/europe-west4/endpoints/1:generateContent",
                "/v1/projects/acme/locations/europe-west4/publishers/google/models/..:predict",
                "/v1/projects/%61cme/locations/europe-west4/endpoints/1:predict",
            })
    void whatIsNotExactlyAPathIsNone(String path) {
        assertThat(match("POST", path)).isEqualTo(new RouteMatch.Unmatched(ErrorShape.GOOGLE));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/",
                "//v1/projects/a/locations/b/endpoints/c:predict",
                "/V1/projects/a/locations/b/endpoints/c:predict",
                "/ui/projects/a/locations/b/endpoints/c:predict",
                "http://evil/v1/projects/a",
                "/healthz"
            })
    void elsewhereErrorsAreProblems(String path) {
        assertThat(match("POST", path)).isEqualTo(new RouteMatch.Unmatched(ErrorShape.PROBLEM));
    }

    @Test
    void queriesAreAcceptedInTheFewSpellingsThatClientsUse() {
        assertThat(Query.parse(Optional.empty(), Operation.PREDICT)).contains(AnswerForm.JSON);
        assertThat(Query.parse(Optional.of("alt=json"), Operation.PREDICT)).contains(AnswerForm.JSON);
        assertThat(Query.parse(Optional.of("%24alt=json%3Benum-encoding%3Dint"), Operation.PREDICT))
                .contains(AnswerForm.JSON_ENUMS_AS_NUMBERS);
        assertThat(Query.parse(Optional.of("alt=sse"), Operation.STREAM_GENERATE_CONTENT))
                .contains(AnswerForm.SSE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "alt=sse", "alt=proto", "alt=json&alt=json", "fields=x", "alt=json&x", "%61lt=json"})
    void otherQueriesAreRefused(String query) {
        assertThat(Query.parse(Optional.of(query), Operation.PREDICT)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"access_token=x", "alt=json&key=x", "ACCESS_TOKEN=x", "access%5Ftoken=x", "a;token=x", "api-key"
            })
    void credentialsInQueriesAreSeen(String query) {
        assertThat(Query.carriesCredential(query)).isTrue();
    }
}
