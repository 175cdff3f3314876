package dev.secureprediction.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.common.ResponseHeaders;
import dev.secureprediction.gateway.support.GatewayWorld;
import dev.secureprediction.gateway.support.Policies;
import dev.secureprediction.policy.model.ResponseRules;
import dev.secureprediction.policy.model.Surface;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Answers are shaped as the contract says: masked, cut to its fields, with its headers. */
final class ShapeIT {
    private static final String BODY = "{\"contents\":[{\"parts\":[{\"text\":\"hi\"}]}]}";
    private static GatewayWorld world;

    @BeforeAll
    static void start() {
        world = GatewayWorld.start(
                GatewayWorld.newFolder(),
                (issuer, model) -> Policies.gemini(issuer, model)
                        .surfaces(Surface.GeminiGenerate)
                        .response(new ResponseRules(
                                Optional.empty(),
                                List.of("EMAIL_ADDRESS"),
                                List.of("candidates", "usageMetadata"),
                                List.of("x-vertex-ai-deployed-model-id"))));
    }

    @AfterAll
    static void stop() {
        world.close();
    }

    private static void modelSays(MediaType type, String body) {
        world.model()
                .behave((context, request) -> HttpResponse.of(
                        ResponseHeaders.of(
                                HttpStatus.OK,
                                HttpHeaderNames.CONTENT_TYPE,
                                type,
                                "x-vertex-ai-deployed-model-id",
                                "7",
                                "x-internal",
                                "no"),
                        HttpData.ofUtf8(body)));
    }

    @Test
    void aWholeAnswerIsMaskedCutAndKeepsItsListedHeaders() {
        modelSays(
                MediaType.JSON,
                "{\"modelVersion\":\"x\",\"candidates\":[{\"avgLogprobs\":-1.50,\"content\":{\"parts\":[{\"text\":\"a@b.example\"}]}}],"
                        + "\"usageMetadata\":{\"totalTokenCount\":9}}");
        var response = world.send(world.analystPosts(GatewayWorld.geminiPath("generateContent"), BODY));
        assertThat(response.body())
                .isEqualTo(
                        "{\"candidates\":[{\"avgLogprobs\":-1.50,\"content\":{\"parts\":[{\"text\":\"[EMAIL_ADDRESS]\"}]}}],"
                                + "\"usageMetadata\":{\"totalTokenCount\":9}}");
        assertThat(response.headers().firstValue("x-vertex-ai-deployed-model-id"))
                .hasValue("7");
        assertThat(response.headers().firstValue("x-internal")).isEmpty();
        assertThat(world.gateway()
                        .audit(response.headers().firstValue("x-request-id").orElseThrow())
                        .at("/tokens/total")
                        .asInt())
                .isEqualTo(9);
    }

    @Test
    void aStreamIsMaskedWhereverItIsCut() {
        modelSays(
                MediaType.EVENT_STREAM,
                "data: {\"candidates\":[{\"content\":{\"parts\":[{\"text\":\"to jane\"}]}}]}\n\n"
                        + "data: {\"candidates\":[{\"content\":{\"parts\":[{\"text\":\"@b.exam\"}]}}]}\n\n"
                        + "data:"
                        + " {\"candidates\":[{\"content\":{\"parts\":[{\"text\":\"ple!\"}]},\"finishReason\":\"STOP\"}]}\n\n");
        var response =
                world.send(world.analystPosts(GatewayWorld.geminiPath("streamGenerateContent") + "?alt=sse", BODY));
        assertThat(response.body())
                .contains("\"to [EMAIL_ADDRESS]\"", "\"\"", "\"!\"", "STOP")
                .doesNotContain("jane")
                .doesNotContain("b.exam");
    }

    @Test
    void anArrayStaysAnArray() {
        modelSays(
                MediaType.JSON,
                "[{\"candidates\":[{\"content\":{\"parts\":[{\"text\":\"hi\"}]}}],\"x\":1}\n,\r\n{\"y\":2}]\n");
        var response = world.send(world.analystPosts(GatewayWorld.geminiPath("streamGenerateContent"), BODY));
        assertThat(response.body())
                .isEqualTo("[{\"candidates\":[{\"content\":{\"parts\":[{\"text\":\"hi\"}]}}]}\n,\r\n{}]\n");
    }
}
