package dev.secureprediction.gateway.attack;

import static org.assertj.core.api.Assertions.assertThat;

import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import dev.secureprediction.gateway.support.GatewayWorld;
import dev.secureprediction.gateway.support.Policies;
import dev.secureprediction.gateway.support.TestModel;
import dev.secureprediction.policy.model.Guardrail;
import dev.secureprediction.policy.model.GuardrailStage;
import dev.secureprediction.policy.model.OnError;
import dev.secureprediction.policy.model.Surface;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Pictures and sound of a model are no way around a guardrail that reads answers. */
final class MediaInAnswersIT {
    private static final String IMAGE = "{\"inlineData\":{\"mimeType\":\"image/png\",\"data\":\"iVBORw0KGgo=\"}}";
    private static final String ANSWER = "{\"candidates\":[{\"content\":{\"parts\":[{\"text\":\"look\"}," + IMAGE
            + "]},\"finishReason\":\"STOP\"}]}";
    private static final String CONTENTS = "{\"contents\":[{\"parts\":[{\"text\":\"draw\"}]}]}";

    private static Attacked attacked;
    private static TestModel screener;

    @BeforeAll
    static void start() {
        attacked = Attacked.start(Policies::gemini);
        screener = TestModel.start(attacked.world().authority());
    }

    @AfterAll
    static void stop() {
        screener.close();
        attacked.close();
    }

    @BeforeEach
    void calm() {
        attacked.calm();
        screener.forget();
    }

    private static void inForce(Surface surface, Guardrail.Check check) {
        attacked.world()
                .reload((issuer, model) -> (surface == Surface.VertexPredict
                                ? Policies.churn(issuer, model)
                                : Policies.gemini(issuer, model))
                        .surfaces(surface)
                        .guardrails(
                                new Guardrail("rail", true, List.of(GuardrailStage.Response), OnError.Deny, check)));
    }

    private static void modelSays(MediaType type, String body) {
        attacked.world().model().behave((context, request) -> HttpResponse.of(HttpStatus.OK, type, body));
    }

    private static java.net.http.HttpResponse<String> post(String path, String body) {
        return attacked.send(attacked.world().analystPosts(path, body));
    }

    private static String verdict(java.net.http.HttpResponse<String> response) {
        return attacked.world()
                .gateway()
                .audit(response.headers().firstValue("x-request-id").orElseThrow())
                .at("/guardrails/0/verdict")
                .asText();
    }

    @Test
    void aPictureInAWholeAnswerIsRefused() {
        inForce(Surface.GeminiGenerate, new Guardrail.DenyPatterns(List.of("falcon")));
        modelSays(MediaType.JSON, ANSWER);

        var response = post(GatewayWorld.geminiPath("generateContent"), CONTENTS);

        assertThat(response.statusCode()).isEqualTo(403);
        Attacked.assertGoogleError(403, response.body());
        assertThat(response.body()).contains("ANSWER_UNSCREENABLE").doesNotContain("iVBOR");
        assertThat(verdict(response)).isEqualTo("Unscreenable");
    }

    @Test
    void aPictureInAStreamCutsIt() {
        inForce(Surface.GeminiGenerate, new Guardrail.SensitiveData(List.of("EMAIL_ADDRESS"), true));
        String words =
                "{\"candidates\":[{\"content\":{\"parts\":[{\"text\":\"" + "harmless words ".repeat(60) + "\"}]}}]}";
        modelSays(MediaType.EVENT_STREAM, "data: " + words + "\n\ndata: " + ANSWER + "\n\ndata: " + words + "\n\n");

        var response = post(GatewayWorld.geminiPath("streamGenerateContent") + "?alt=sse", CONTENTS);

        assertThat(response.body())
                .contains("ANSWER_UNSCREENABLE")
                .doesNotContain("iVBOR")
                .doesNotContain("look");
    }

    @Test
    void aPictureAmongChatsIsRefused() {
        inForce(Surface.OpenAIChat, new Guardrail.DenyPatterns(List.of("falcon")));
        modelSays(
                MediaType.JSON,
                "{\"choices\":[{\"index\":0,\"finish_reason\":\"stop\",\"message\":{\"role\":\"assistant\",\"content\":\"look\","
                        + "\"images\":[{\"image_url\":{\"url\":\"data:image/png;base64,iVBORw0KGgo=\"}}]}}]}");

        var response = post(
                "/openai/v1/chat/completions",
                "{\"model\":\"google/gemini-2.5-flash\",\"messages\":[{\"role\":\"user\",\"content\":\"draw\"}]}");

        assertThat(response.statusCode()).isEqualTo(403);
        assertThat(response.body()).contains("ANSWER_UNSCREENABLE").doesNotContain("iVBOR");
    }

    @Test
    void aPictureAmongPredictionsIsRefused() {
        inForce(Surface.VertexPredict, new Guardrail.DenyPatterns(List.of("falcon")));
        modelSays(
                MediaType.JSON,
                "{\"predictions\":[{\"mimeType\":\"image/png\",\"bytesBase64Encoded\":\"iVBORw0KGgo=\"}]}");

        var response = post(GatewayWorld.endpointPath("predict"), "{\"instances\":[1]}");

        assertThat(response.statusCode()).isEqualTo(403);
        assertThat(response.body()).contains("ANSWER_UNSCREENABLE").doesNotContain("iVBOR");
    }

    @Test
    void whoReadsPicturesIsAskedAboutThem() {
        inForce(
                Surface.GeminiGenerate,
                new Guardrail.Webhook(
                        "https://" + screener.authority() + "/screen",
                        Optional.of(attacked.world().authority().caPem()),
                        5_000));
        screener.behave((context, request) -> HttpResponse.of(MediaType.JSON, "{\"verdict\":\"Pass\"}"));
        modelSays(MediaType.JSON, ANSWER);

        // when the screener has nothing against it, the answer goes out as it is
        assertThat(post(GatewayWorld.geminiPath("generateContent"), CONTENTS).body())
                .isEqualTo(ANSWER);
        assertThat(screener.requests())
                .anySatisfy(request -> assertThat(request.contentUtf8()).contains("\"data\":\"iVBORw0KGgo=\""));

        // when it has, nothing goes out
        screener.behave((context, request) -> HttpResponse.of(
                MediaType.JSON,
                request.contentUtf8().contains("Inline") ? "{\"verdict\":\"Block\"}" : "{\"verdict\":\"Pass\"}"));
        var blocked = post(GatewayWorld.geminiPath("generateContent"), CONTENTS);
        assertThat(blocked.statusCode()).isEqualTo(403);
        assertThat(blocked.body()).contains("ANSWER_BLOCKED").doesNotContain("iVBOR");
    }
}
