package dev.secureprediction.gateway.attack;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.MediaType;
import dev.secureprediction.gateway.support.GatewayWorld;
import dev.secureprediction.gateway.support.Policies;
import dev.secureprediction.policy.model.Action;
import dev.secureprediction.policy.model.DataRules;
import dev.secureprediction.policy.model.Guardrail;
import dev.secureprediction.policy.model.GuardrailStage;
import dev.secureprediction.policy.model.LimitScope;
import dev.secureprediction.policy.model.Limits;
import dev.secureprediction.policy.model.Model;
import dev.secureprediction.policy.model.OnError;
import dev.secureprediction.policy.model.Role;
import dev.secureprediction.policy.model.RoleRoute;
import dev.secureprediction.policy.model.Surface;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a role's requests may hold is enforced in the body, where a path says nothing of it. */
final class DataAttacksIT {
    private static final String PATH = GatewayWorld.geminiPath("generateContent");
    private static final String TURN = "\"contents\":[{\"parts\":[{\"text\":\"" + Attacked.CANARY + "\"}]}]";

    private static Attacked attacked;

    @BeforeAll
    static void start() {
        attacked = Attacked.start(DataAttacksIT::policy);
    }

    /** Analysts have nothing but content and 100 tokens; scientists have tools, files, and another model. */
    private static Policies policy(String issuer, String model) {
        return Policies.gemini(issuer, model)
                .surfaces(Surface.GeminiGenerate)
                .guardrails(new Guardrail(
                        "no-falcon",
                        true,
                        List.of(GuardrailStage.Request),
                        OnError.Deny,
                        new Guardrail.DenyPatterns(List.of("falcon"))))
                .roles(
                        new Role(
                                "analyst",
                                List.of("okta"),
                                "bindings.analysts in claims.groups",
                                List.of(Action.Predict, Action.Stream),
                                Optional.of(limits(100)),
                                DataRules.PLAIN_CONTENT,
                                Optional.empty()),
                        new Role(
                                "scientist",
                                List.of("okta"),
                                "bindings.scientists in claims.groups",
                                List.of(Action.Predict),
                                Optional.of(limits(500)),
                                new DataRules(
                                        List.of("functions"), List.of("gs://ours/in"), true, 2, true, List.of("flex")),
                                Optional.of(new RoleRoute(
                                        model, "europe-west1", new Model.Publisher("google", "gemini-2.5-pro")))));
    }

    private static Limits limits(long outputTokens) {
        return new Limits(
                LimitScope.Subject, Optional.empty(), Optional.empty(), Optional.of(outputTokens), Optional.empty());
    }

    @AfterAll
    static void stop() {
        attacked.close();
    }

    @BeforeEach
    void calm() {
        attacked.calm();
    }

    private static java.net.http.HttpResponse<String> analyst(String members) {
        return attacked.send(attacked.world().analystPosts(PATH, "{" + TURN + "," + members + "}"));
    }

    private static java.net.http.HttpResponse<String> scientist(String body) {
        String token = attacked.world().issuer().token("scientist@example.com", Policies.AUDIENCE);
        return attacked.send(attacked.world().postsWith(token, PATH, body));
    }

    private static void assertField(java.net.http.HttpResponse<String> response, String field) {
        assertThat(response.body()).contains("\"field\":\"" + field + "\"").doesNotContain("analyst");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "gs://theirs/secret.pdf",
                "gs://ours/in/a.pdf",
                "http://169.254.169.254/latest",
                "https://example.com/a.pdf",
                "file:///etc/passwd",
                "//ours/in/a.pdf"
            })
    void a59_filesOfOtherPlaces(String uri) {
        var response = analyst("\"systemInstruction\":{\"parts\":[{\"fileData\":{\"mimeType\":\"application/pdf\","
                + "\"fileUri\":\"" + uri + "\"}}]}");
        attacked.assertRefused(response, 403, "FILE");
        assertField(response, "/systemInstruction/parts/0/fileData/fileUri");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "gs://ours/inner/a.pdf",
                "gs://ours/in/../secret.pdf",
                "gs://ours/in%2f..%2fa.pdf",
                "GS://ours/in/a.pdf",
                "gs://ours.evil/in/a.pdf",
                "gs://ours/in"
            })
    void a59_filesBesideAnAllowedPrefix(String uri) {
        attacked.assertRefused(
                scientist("{" + TURN + ",\"systemInstruction\":{\"parts\":[{\"file_data\":{\"file_uri\":\"" + uri
                        + "\"}}]}}"),
                403,
                "FILE");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"googleSearch", "google_search", "codeExecution", "retrieval", "functionDeclarations", "new_one"
            })
    void a61_toolsWithoutARoleForThem(String tool) {
        var response = analyst("\"tools\":[{\"" + tool + "\":{}}]");
        attacked.assertRefused(response, 403, "TOOL");
        assertField(response, "/tools/0/" + tool);
    }

    @Test
    void a61_aRoleForOneToolHasNoOther() {
        attacked.assertRefused(
                scientist("{" + TURN
                        + ",\"tools\":[{\"functionDeclarations\":[{\"name\":\"f\"}]},{\"googleSearch\":{}}]}"),
                403,
                "TOOL");
    }

    @ParameterizedTest
    @ValueSource(strings = {"101", "\"101\"", "1e3", "2147483647"})
    void a62_moreOutputThanTheRoleHas(String tokens) {
        var response = analyst("\"generationConfig\":{\"maxOutputTokens\":" + tokens + "}");
        attacked.assertRefused(response, 403, "OUTPUT_CAP");
        assertField(response, "/generationConfig/maxOutputTokens");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"candidateCount\":100", "\"candidate_count\":2"})
    void a62_moreCandidatesThanTheRoleHas(String count) {
        attacked.assertRefused(analyst("\"generationConfig\":{" + count + "}"), 403, "CANDIDATES");
    }

    @Test
    void a62_aMissingCapIsSetAndNothingElseIsTouched() {
        attacked.world().analystPosts(PATH, "{" + TURN + "}");
        var response = analyst("\"generationConfig\":{\"temperature\":1.0e0}");
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        String sent = attacked.world().model().onlyRequest().contentUtf8();
        assertThat(Attacked.json(sent).at("/generationConfig/maxOutputTokens").asLong())
                .isEqualTo(100);
        assertThat(sent).contains(TURN).contains("\"temperature\":1.0e0");
    }

    @Test
    void a62_aLowerCapIsTheCallersOwn() {
        var response = analyst("\"generationConfig\":{\"maxOutputTokens\":7}");
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(attacked.world().model().onlyRequest().contentUtf8())
                .isEqualTo("{" + TURN + ",\"generationConfig\":{\"maxOutputTokens\":7}}");
    }

    @Test
    void a45_trafficTiersAreForRolesThatHaveThem() {
        String header = "X-Vertex-AI-LLM-Shared-Request-Type";
        attacked.assertRefused(
                attacked.send(
                        attacked.world().analystPosts(PATH, "{" + TURN + "}").header(header, "flex")),
                403,
                "TRAFFIC_TIER");
        String token = attacked.world().issuer().token("scientist@example.com", Policies.AUDIENCE);
        attacked.assertRefused(
                attacked.send(attacked.world()
                        .postsWith(token, PATH, "{" + TURN + "}")
                        .header(header, "priority")),
                403,
                "TRAFFIC_TIER");
        var allowed = attacked.send(
                attacked.world().postsWith(token, PATH, "{" + TURN + "}").header(header, "flex"));
        assertThat(allowed.statusCode()).isEqualTo(200);
        assertThat(attacked.world().model().onlyRequest().headers().get(header)).isEqualTo("flex");
    }

    @Test
    void cachedContentAndSafetySettingsAreForRolesThatMay() {
        attacked.assertRefused(analyst("\"cachedContent\":\"projects/x/cachedContents/1\""), 403, "CACHED_CONTENT");
        attacked.assertRefused(analyst("\"safety_settings\":[{}]"), 403, "SAFETY_SETTINGS");
        assertThat(scientist("{" + TURN + ",\"safetySettings\":[{}]}").statusCode())
                .isEqualTo(200);
    }

    @Test
    void a99_aRouteDropsNoGuardrailLimitOrAudit() {
        attacked.world()
                .model()
                .behave((context, request) -> HttpResponse.of(
                        MediaType.JSON, "{\"candidates\":[],\"usageMetadata\":{\"totalTokenCount\":5}}"));

        // given a role whose calls go to another model in another region
        var response = scientist("{" + TURN + "}");
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        var upstream = attacked.world().model().onlyRequest();
        assertThat(upstream.path())
                .isEqualTo("/v1/projects/" + Policies.PROJECT
                        + "/locations/europe-west1/publishers/google/models/gemini-2.5-pro:generateContent");

        // then its cap holds there, its guardrail runs, and its record is complete
        assertThat(Attacked.json(upstream.contentUtf8())
                        .at("/generationConfig/maxOutputTokens")
                        .asLong())
                .isEqualTo(500);
        JsonNode record = attacked.world()
                .gateway()
                .audit(response.headers().firstValue("x-request-id").orElseThrow());
        assertThat(record.at("/guardrails/0/name").asText()).isEqualTo("no-falcon");
        assertThat(record.at("/guardrails/0/verdict").asText()).isEqualTo("Passed");
        assertThat(record.path("role").asText()).isEqualTo("scientist");
        assertThat(record.at("/tokens/total").asLong()).isEqualTo(5);
        attacked.calm();
        attacked.assertRefused(
                scientist("{" + TURN.replace(Attacked.CANARY, "the falcon") + "}"), 403, "GUARDRAIL:no-falcon");
        attacked.assertRefused(
                scientist("{" + TURN + ",\"generationConfig\":{\"maxOutputTokens\":501}}"), 403, "OUTPUT_CAP");
        attacked.assertRefused(
                scientist("{" + TURN + ",\"model\":\"publishers/google/models/gemini-2.5-flash\"}"), 403);
    }
}
