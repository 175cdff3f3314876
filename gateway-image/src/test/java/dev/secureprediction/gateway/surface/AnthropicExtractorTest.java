package dev.secureprediction.gateway.surface;

import static dev.secureprediction.gateway.surface.Reads.answer;
import static dev.secureprediction.gateway.surface.Reads.content;
import static dev.secureprediction.gateway.surface.Reads.edited;
import static dev.secureprediction.gateway.surface.Reads.publisher;
import static dev.secureprediction.gateway.surface.Reads.texts;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.secureprediction.gateway.error.ErrorShape;
import dev.secureprediction.gateway.error.RefusedException;
import dev.secureprediction.gateway.route.ApiVersion;
import dev.secureprediction.gateway.route.Operation;
import dev.secureprediction.gateway.route.Route;
import dev.secureprediction.gateway.route.RouteMatch;
import dev.secureprediction.gateway.route.Target;
import dev.secureprediction.gateway.surface.AnswerFrame.End;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class AnthropicExtractorTest {
    private static final String CLAUDE = "claude-sonnet-4-5@20250929";
    private static final Route MESSAGES = publisher(Operation.MESSAGES, "anthropic", CLAUDE);
    private static final Route STREAM = publisher(Operation.STREAM_MESSAGES, "anthropic", CLAUDE);

    @Test
    void everyBlockHasItsSpeaker() throws Exception {
        // given a conversation with every kind of block
        Content read = content(
                MESSAGES,
                "{\"anthropic_version\":\"2026-10-21\",\"max_tokens\":64,\"temperature\":0.5,\"system\":[{\"type\":\"text\",\"text\":\"sys\"}],"
                        + "\"messages\":[{\"role\":\"user\",\"content\":\"ask\"},"
                        + "{\"content\":[{\"type\":\"thinking\",\"thinking\":\"hm\",\"signature\":\"x\"},{\"type\":\"text\",\"text\":\"say\"},"
                        + "{\"type\":\"tool_use\",\"id\":\"t\",\"name\":\"f\",\"input\":{\"q\":\"arg\"}}],\"role\":\"assistant\"},"
                        + "{\"role\":\"user\",\"content\":[{\"type\":\"tool_result\",\"tool_use_id\":\"t\",\"content\":[{\"type\":\"text\",\"text\":\"res\"}]},"
                        + "{\"type\":\"image\",\"source\":{\"type\":\"base64\",\"data\":\"AA==\",\"media_type\":\"image/png\"}},"
                        + "{\"type\":\"document\",\"source\":{\"type\":\"url\",\"url\":\"https://x/y.pdf\"}},"
                        + "{\"type\":\"document\",\"source\":{\"data\":\"plain\",\"type\":\"text\",\"media_type\":\"text/plain\"}}]}],"
                        + "\"tools\":[{\"name\":\"f\",\"input_schema\":{}},{\"type\":\"web_search_20250305\",\"name\":\"web_search\"}]}");

        // then nothing is left out, wherever type and role stand
        assertThat(texts(read))
                .contains(
                        "System /system/0/text sys",
                        "User /messages/0/content ask",
                        "Thought /messages/1/content/0/thinking hm",
                        "Model /messages/1/content/1/text say",
                        "ToolArguments /messages/1/content/2/input/q arg",
                        "ToolResult /messages/2/content/0/content/0/text res",
                        "User /messages/2/content/3/source/data plain");
        assertThat(read.parts())
                .hasAtLeastOneElementOfType(Part.Inline.class)
                .contains(new Part.File("/messages/2/content/2/source/url", "https://x/y.pdf", ""));
        assertThat(read.tools())
                .containsExactly(new ToolUse("/tools/0", "functions"), new ToolUse("/tools/1", "web_search"));
        assertThat(read.generation().maxOutputTokens()).hasValue(64);
    }

    @ParameterizedTest
    @CsvSource({"true,MESSAGES", "false,STREAM_MESSAGES"})
    void whatTheBodySaysOfStreamingMustFitItsPath(String stream, Operation operation) throws Exception {
        Content read =
                content(MESSAGES, "{\"stream\":" + stream + ",\"messages\":[{\"role\":\"user\",\"content\":\"x\"}]}");
        SurfaceModule module = SurfaceRegistry.standard().module(operation.surface());
        assertThatThrownBy(() -> module.settle(operation, read)).isInstanceOf(RefusedException.class);
    }

    @Test
    void countingHasItsModelInTheBody() throws Exception {
        Route route =
                new Route(Operation.COUNT_MESSAGE_TOKENS, new Target.Place(ApiVersion.V1, "acme", "europe-west4"));
        assertThat(
                        SurfaceRegistry.standard()
                                .match(
                                        "POST",
                                        "/v1/projects/acme/locations/europe-west4/publishers/anthropic/models/count-tokens:rawPredict"))
                .isEqualTo(new RouteMatch.Matched(route, ErrorShape.ANTHROPIC));
        assertThat(content(route, "{\"model\":\"" + CLAUDE + "\",\"messages\":[{\"role\":\"user\",\"content\":\"x\"}]}")
                        .model())
                .contains(CLAUDE);
    }

    @Test
    void aBodyNamesNoOtherModelThanItsPath() {
        assertThatThrownBy(() -> content(
                        MESSAGES, "{\"model\":\"claude-opus\",\"messages\":[{\"role\":\"user\",\"content\":\"x\"}]}"))
                .isInstanceOf(RefusedException.class);
    }

    @Test
    void aCapIsPutInOrLowered() {
        Extractor extractor = Reads.extractor(MESSAGES);
        String none = "{\"messages\":[]}";
        assertThat(edited(none, extractor.capOutput(MESSAGES, Reads.bytes(none), 9)))
                .isEqualTo("{\"max_tokens\":9,\"messages\":[]}");
        String more = "{\"messages\":[],\"max_tokens\": 10}";
        assertThat(edited(more, extractor.capOutput(MESSAGES, Reads.bytes(more), 9)))
                .isEqualTo("{\"messages\":[],\"max_tokens\": 9}");
        String less = "{\"messages\":[],\"max_tokens\":8}";
        assertThat(edited(less, extractor.capOutput(MESSAGES, Reads.bytes(less), 9)))
                .isEqualTo(less);
    }

    @Test
    void answersSayTextsUsageAndEnd() {
        AnswerFrame whole = answer(
                MESSAGES,
                "{\"type\":\"message\",\"content\":[{\"type\":\"text\",\"text\":\"hi\"}],\"stop_reason\":\"end_turn\","
                        + "\"usage\":{\"input_tokens\":3,\"cache_read_input_tokens\":2,\"output_tokens\":4}}");
        assertThat(whole.end()).isEqualTo(End.COMPLETE);
        assertThat(whole.usage().orElseThrow().total()).hasValue(9);
        assertThat(whole.deltas().stream().map(delta -> delta.text().text())).contains("hi");

        AnswerFrame tool = answer(
                STREAM,
                "{\"type\":\"content_block_delta\",\"index\":1,\"delta\":{\"type\":\"input_json_delta\",\"partial_json\":\"{\\\"q\"}}");
        assertThat(tool.tools()).isTrue();
        assertThat(tool.deltas().getFirst().text().speaker()).isEqualTo(Speaker.ToolArguments);

        assertThat(answer(STREAM, "{\"type\":\"message_delta\",\"delta\":{\"stop_reason\":\"max_tokens\"}}")
                        .end())
                .isEqualTo(End.PARTIAL);
        assertThat(answer(STREAM, "{\"type\":\"error\",\"error\":{\"type\":\"overloaded_error\"}}")
                        .end())
                .isEqualTo(End.ERROR);
        assertThat(answer(STREAM, "{\"type\":\"ping\"}").end()).isEqualTo(End.OPEN);
    }
}
