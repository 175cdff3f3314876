package dev.secureprediction.gateway.route;

import static org.assertj.core.api.Assertions.assertThat;

import dev.secureprediction.gateway.error.ErrorShape;
import dev.secureprediction.policy.model.Model;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which paths mean something, and that all others mean nothing. */
final class PathParserTest {

    @Test
    void anEndpointsPathIsItsParts() {
        assertThat(PathParser.parse("/v1/projects/acme/locations/europe-west4/endpoints/spe-1:predict"))
                .isEqualTo(new RouteMatch.Matched(
                        new Route(ApiVersion.V1, "acme", "europe-west4", new Model.Endpoint("spe-1"), Verb.PREDICT)));
    }

    @Test
    void aPublisherModelMayHaveAVersion() {
        RouteMatch match = PathParser.parse(
                "/v1beta1/projects/123/locations/global/publishers/google/models/gemini-2.5-flash@001:streamGenerateContent");
        assertThat(match)
                .isEqualTo(new RouteMatch.Matched(new Route(
                        ApiVersion.V1BETA1,
                        "123",
                        "global",
                        new Model.Publisher("google", "gemini-2.5-flash@001"),
                        Verb.STREAM_GENERATE_CONTENT)));
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
                "/v1/projects/acme/locations/europe-west4/publishers/anthropic/models/claude:rawPredict",
                "/v1/projects/acme/locations/europe-west4/publishers/google/models/..:predict",
                "/v1/projects/%61cme/locations/europe-west4/endpoints/1:predict",
            })
    void whatIsNotExactlyAPathIsNone(String path) {
        assertThat(PathParser.parse(path)).isEqualTo(new RouteMatch.Unmatched(ErrorShape.GOOGLE));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/",
                "//v1/projects/a/locations/b/endpoints/c:predict",
                "/V1/projects/a/locations/b/endpoints/c:predict",
                "/v2/models/m/infer",
                "/ui/projects/a/locations/b/endpoints/c:predict",
                "http://evil/v1/projects/a",
                "/healthz"
            })
    void elsewhereErrorsAreProblems(String path) {
        assertThat(PathParser.parse(path)).isEqualTo(new RouteMatch.Unmatched(ErrorShape.PROBLEM));
    }

    @Test
    void queriesAreAcceptedInTheFewSpellingsThatClientsUse() {
        assertThat(Query.parse(Optional.empty(), Verb.PREDICT)).contains(AnswerForm.JSON);
        assertThat(Query.parse(Optional.of("alt=json"), Verb.PREDICT)).contains(AnswerForm.JSON);
        assertThat(Query.parse(Optional.of("%24alt=json%3Benum-encoding%3Dint"), Verb.PREDICT))
                .contains(AnswerForm.JSON_ENUMS_AS_NUMBERS);
        assertThat(Query.parse(Optional.of("alt=sse"), Verb.STREAM_GENERATE_CONTENT))
                .contains(AnswerForm.SSE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "alt=sse", "alt=proto", "alt=json&alt=json", "fields=x", "alt=json&x", "%61lt=json"})
    void otherQueriesAreRefused(String query) {
        assertThat(Query.parse(Optional.of(query), Verb.PREDICT)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"access_token=x", "alt=json&key=x", "ACCESS_TOKEN=x", "access%5Ftoken=x", "a;token=x", "api-key"
            })
    void credentialsInQueriesAreSeen(String query) {
        assertThat(Query.carriesCredential(query)).isTrue();
    }
}
