package dev.secureprediction.gateway.surface;

import static dev.secureprediction.gateway.surface.Reads.answer;
import static dev.secureprediction.gateway.surface.Reads.bytes;
import static dev.secureprediction.gateway.surface.Reads.content;
import static dev.secureprediction.gateway.surface.Reads.edited;
import static dev.secureprediction.gateway.surface.Reads.texts;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.secureprediction.gateway.error.RefusedException;
import dev.secureprediction.gateway.route.AnswerForm;
import dev.secureprediction.gateway.route.Operation;
import dev.secureprediction.gateway.route.Route;
import dev.secureprediction.gateway.route.Target;
import dev.secureprediction.gateway.support.Policies;
import dev.secureprediction.gateway.surface.AnswerFrame.End;
import dev.secureprediction.policy.model.Model;
import dev.secureprediction.policy.model.PolicyBundle;
import dev.secureprediction.policy.model.Surface;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class OpenAiTest {
    private static final Route CHAT = new Route(Operation.CHAT, new Target.Unnamed());
    private static final Route STREAM = new Route(Operation.STREAM_CHAT, new Target.Unnamed());
    private static final Route EMBEDDINGS = new Route(Operation.EMBEDDINGS, new Target.Unnamed());
    private static final SurfaceModule MODULE = SurfaceRegistry.standard().module(Surface.OpenAIChat);
    private static final PolicyBundle GEMINI =
            Policies.gemini("https://issuer.example", "model.example:443").bundle();
    private static final PolicyBundle CHURN =
            Policies.churn("https://issuer.example", "model.example:443").bundle();

    private static UpstreamRequest upstream(Route route, PolicyBundle policy, String body) {
        return MODULE.toUpstream(route, AnswerForm.JSON, policy.upstream(), bytes(body));
    }

    private static String text(byte[] body) {
        return new String(body, StandardCharsets.UTF_8);
    }

    @Test
    void everyMessageHasItsSpeaker() throws Exception {
        Content read = content(
                CHAT,
                "{\"model\":\"m\",\"messages\":[{\"role\":\"system\",\"content\":\"sys\"},{\"content\":[{\"type\":\"text\",\"text\":\"ask\"},"
                        + "{\"type\":\"image_url\",\"image_url\":{\"url\":\"data:image/png;base64,AA==\"}},"
                        + "{\"type\":\"image_url\",\"image_url\":{\"url\":\"gs://b/o\"}},{\"type\":\"input_audio\",\"input_audio\":{\"data\":\"AA==\",\"format\":\"wav\"}}],"
                        + "\"role\":\"user\"},{\"content\":null,\"tool_calls\":[{\"id\":\"1\",\"type\":\"function\",\"function\":{\"name\":\"f\",\"arguments\":\"{\\\"q\\\":1}\"}}],"
                        + "\"role\":\"assistant\"},{\"role\":\"tool\",\"tool_call_id\":\"1\",\"content\":\"res\"}],"
                        + "\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"f\"}}],\"web_search_options\":{},\"n\":2,\"max_completion_tokens\":5,"
                        + "\"google\":{\"cached_content\":\"c\",\"safety_settings\":[{}]},\"stream\":true}");
        assertThat(texts(read))
                .contains(
                        "System /messages/0/content sys",
                        "User /messages/1/content/0/text ask",
                        "ToolArguments /messages/2/tool_calls/0/function/arguments {\"q\":1}",
                        "ToolResult /messages/3/content res");
        assertThat(read.parts().stream().filter(Part.Inline.class::isInstance)).hasSize(2);
        assertThat(read.parts()).contains(new Part.File("/messages/1/content/2/image_url/url", "gs://b/o", ""));
        assertThat(read.tools())
                .containsExactly(
                        new ToolUse("/tools/0", "functions"), new ToolUse("/web_search_options", "googleSearch"));
        Generation generation = read.generation();
        assertThat(generation.candidates()).isEqualTo(2);
        assertThat(generation.maxOutputTokens()).hasValue(5);
        assertThat(generation.cachedContent()).contains("/google/cached_content");
        assertThat(generation.safetySettings()).contains("/google/safety_settings");
        assertThat(MODULE.settle(Operation.CHAT, read)).isEqualTo(Operation.STREAM_CHAT);
    }

    @Test
    void aChatGoesOnWithNothingChangedButItsModel() {
        // given numbers that a double would change, and blanks as the caller likes them
        String body = "{ \"messages\":[{\"role\":\"user\",\"content\":\"ü\"}],\n"
                + "\"seed\":9007199254740993,\"model\": \"gemini-2.5-flash\" ,\"top_p\":0.10}";

        // when it becomes Vertex AI's call
        UpstreamRequest call = upstream(CHAT, GEMINI, body);

        // then only the name of the model is another, and the path is the policy's
        assertThat(text(call.body())).isEqualTo(body.replace("\"gemini-2.5-flash\"", "\"google/gemini-2.5-flash\""));
        assertThat(call.target())
                .isEqualTo("/v1beta1/projects/acme-ml-qa/locations/europe-west4/endpoints/openapi/chat/completions");
    }

    @Test
    void anEndpointsContainerIsCalledRaw() {
        String body = "{\"model\":\"churn\",\"messages\":[]}";
        assertThat(upstream(STREAM, CHURN, body).target()).endsWith("/endpoints/spe-churn-1a2b3c4d:streamRawPredict");
        assertThat(text(upstream(CHAT, CHURN, body).body())).isEqualTo("{\"model\":\"\",\"messages\":[]}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"logit_bias", "service_tier", "store", "metadata", "audio", "modalities", "made_up"})
    void aMemberThatCannotBeMappedIsRefusedByName(String name) {
        String body = "{\"model\":\"gemini-2.5-flash\",\"messages\":[{\"role\":\"user\",\"content\":\"x\"}],\"" + name
                + "\":1}";
        assertThatThrownBy(() -> MODULE.checkMappable(CHAT, GEMINI.upstream().model(), bytes(body)))
                .isInstanceOfSatisfying(
                        RefusedException.class,
                        refused -> assertThat(refused.refusal()
                                        .violations()
                                        .getFirst()
                                        .field())
                                .isEqualTo("/" + name));
    }

    @Test
    void twoCapsAreOneTooMany() {
        assertThatThrownBy(() -> content(
                        CHAT, "{\"model\":\"m\",\"messages\":[{}],\"max_tokens\":1,\"max_completion_tokens\":9000}"))
                .isInstanceOf(RefusedException.class);
        String body = "{\"model\":\"m\",\"messages\":[],\"max_completion_tokens\":10}";
        assertThat(edited(body, Reads.extractor(CHAT).capOutput(CHAT, bytes(body), 9)))
                .isEqualTo("{\"model\":\"m\",\"messages\":[],\"max_completion_tokens\":9}");
    }

    @Test
    void embeddingsBecomeAPredictionAndBack() throws Exception {
        // given texts, one with an escape
        String body =
                "{\"model\":\"text-embedding-005\",\"input\":[\"a\\u00e4\",\"b\"],\"dimensions\":2,\"encoding_format\":\"float\"}";
        PolicyBundle policy = Policies.gemini("https://issuer.example", "model.example:443")
                .model(new Model.Publisher("google", "text-embedding-005"))
                .bundle();
        MODULE.checkMappable(EMBEDDINGS, policy.upstream().model(), bytes(body));

        // when they go there and back
        UpstreamRequest call = upstream(EMBEDDINGS, policy, body);
        String answer =
                "{\"predictions\":[{\"embeddings\":{\"statistics\":{\"token_count\":1.0},\"values\":[0.10, -2e-7]}},"
                        + "{\"embeddings\":{\"values\":[1,2],\"statistics\":{\"token_count\":2}}}],\"metadata\":{}}";
        String back = text(MODULE.fromUpstream(EMBEDDINGS, policy, bytes(body))
                .orElseThrow()
                .translate(bytes(answer)));

        // then literals and numbers are as they were written
        assertThat(call.target()).endsWith("/publishers/google/models/text-embedding-005:predict");
        assertThat(text(call.body()))
                .isEqualTo("{\"instances\":[{\"content\":\"a\\u00e4\"},{\"content\":\"b\"}],"
                        + "\"parameters\":{\"outputDimensionality\":2}}");
        assertThat(back)
                .contains("[0.10, -2e-7]")
                .contains("\"prompt_tokens\":3")
                .contains("text-embedding-005");
    }

    @Test
    void embeddingsGoBackAsBytesWhereAsked() throws Exception {
        // given what both of OpenAI's clients ask for unless told otherwise
        String body = "{\"model\":\"e\",\"input\":\"a\",\"encoding_format\":\"base64\"}";
        byte[] back = MODULE.fromUpstream(EMBEDDINGS, GEMINI, bytes(body))
                .orElseThrow()
                .translate(bytes("{\"predictions\":[{\"embeddings\":{\"values\":[0.5,-1.25]}}]}"));

        // then they are little-endian floats
        JsonNode embedding = new ObjectMapper().readTree(back).at("/data/0/embedding");
        ByteBuffer floats =
                ByteBuffer.wrap(Base64.getDecoder().decode(embedding.asText())).order(ByteOrder.LITTLE_ENDIAN);
        assertThat(floats.getFloat()).isEqualTo(0.5f);
        assertThat(floats.getFloat()).isEqualTo(-1.25f);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"model\":\"e\",\"input\":[1,2]}",
                "{\"model\":\"e\",\"input\":[]}",
                "{\"model\":\"e\",\"input\":\"a\",\"user\":\"u\"}",
                "{\"model\":\"e\",\"input\":\"a\",\"encoding_format\":\"hex\"}"
            })
    void whatAPredictionHasNoPlaceForIsRefused(String body) {
        assertThatThrownBy(
                        () -> MODULE.checkMappable(EMBEDDINGS, GEMINI.upstream().model(), bytes(body)))
                .isInstanceOf(RefusedException.class);
    }

    @Test
    void answersSayTextsUsageAndEnd() {
        AnswerFrame whole = answer(
                CHAT,
                "{\"choices\":[{\"index\":0,\"message\":{\"role\":\"assistant\",\"content\":\"hi\"},\"finish_reason\":\"stop\"}],"
                        + "\"usage\":{\"prompt_tokens\":1,\"completion_tokens\":10,\"total_tokens\":28}}");
        assertThat(whole.end()).isEqualTo(End.COMPLETE);
        assertThat(whole.usage().orElseThrow().total()).hasValue(28);
        AnswerFrame tool = answer(
                STREAM,
                "{\"choices\":[{\"index\":1,\"delta\":{\"tool_calls\":[{\"function\":{\"arguments\":\"{\"}}]},\"finish_reason\":null}]}");
        assertThat(tool.tools()).isTrue();
        assertThat(tool.deltas().getFirst().candidate()).isEqualTo(1);
        assertThat(answer(STREAM, "[DONE]").end()).isEqualTo(End.OPEN);
        assertThat(answer(STREAM, "{\"choices\":[{\"finish_reason\":\"length\"}]}")
                        .end())
                .isEqualTo(End.PARTIAL);
        assertThat(answer(STREAM, "{\"error\":{\"message\":\"x\"}}").end()).isEqualTo(End.ERROR);
    }
}
