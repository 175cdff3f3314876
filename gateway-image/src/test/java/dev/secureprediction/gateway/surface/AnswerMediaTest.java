package dev.secureprediction.gateway.surface;

import static org.assertj.core.api.Assertions.assertThat;

import dev.secureprediction.gateway.route.Operation;
import dev.secureprediction.gateway.route.Route;
import dev.secureprediction.gateway.route.Target;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What answers hold beside text is told in every surface, wherever it stands. */
final class AnswerMediaTest {
    private static final Route GEMINI =
            Reads.publisher(Operation.STREAM_GENERATE_CONTENT, "google", "gemini-2.5-flash");
    private static final Route CHAT = new Route(Operation.CHAT, new Target.Unnamed());
    private static final Route CLAUDE = Reads.publisher(Operation.MESSAGES, "anthropic", "claude-sonnet-4-5");
    private static final Route PREDICT = Reads.endpoint(Operation.PREDICT);
    private static final Route INFER = new Route(Operation.INFER, new Target.Named("churn", Optional.empty()));
    private static final Route KSERVE =
            new Route(Operation.KSERVE_PREDICT, new Target.Named("churn", Optional.empty()));

    static Stream<Arguments> media() {
        return Stream.of(
                Arguments.of(
                        GEMINI,
                        "{'candidates':[{'content':{'parts':[{'inlineData':{'mimeType':'image/png','data':'AAAA'}}]}}]}"),
                Arguments.of(
                        GEMINI,
                        "{'candidates':[{'content':{'parts':[{'inline_data':{'data':'AAAA','mime_type':'audio/wav'}}]}}]}"),
                Arguments.of(
                        GEMINI,
                        "{'candidates':[{'content':{'parts':[{'fileData':{'mimeType':'image/png','fileUri':'gs://b/a'}}]}}]}"),
                Arguments.of(
                        GEMINI,
                        "{'candidates':[{'content':{'parts':[{'newer':{'mimeType':'image/png','data':'AAAA'}}]}}]}"),
                Arguments.of(CHAT, "{'choices':[{'message':{'audio':{'id':'1','data':'AAAA','transcript':'hi'}}}]}"),
                Arguments.of(
                        CHAT,
                        "{'choices':[{'delta':{'images':[{'image_url':{'url':'data:image/png;base64,AAAA'}}]}}]}"),
                Arguments.of(CHAT, "{'choices':[{'message':{'content':[{'type':'image','b64_json':'AAAA'}]}}]}"),
                Arguments.of(
                        CLAUDE,
                        "{'content':[{'type':'image','source':{'type':'base64','media_type':'image/png','data':'AAAA'}}]}"),
                Arguments.of(
                        CLAUDE,
                        "{'type':'content_block_start','content_block':{'type':'tool_result','content':"
                                + "[{'type':'image','source':{'data':'AAAA','media_type':'image/png'}}]}}"),
                Arguments.of(PREDICT, "{'predictions':[{'bytesBase64Encoded':'AAAA','mimeType':'image/png'}]}"),
                Arguments.of(PREDICT, "{'predictions':[{'image':{'b64':'AAAA'}}]}"),
                Arguments.of(PREDICT, "{'predictions':[{'videos':[{'gcsUri':'gs://b/a.mp4'}]}]}"),
                Arguments.of(INFER, "{'predictions':[{'b64':'AAAA'}]}"),
                Arguments.of(KSERVE, "{'predictions':[{'b64':'AAAA'}]}"));
    }

    static Stream<Arguments> texts() {
        return Stream.of(
                Arguments.of(GEMINI, "{'candidates':[{'content':{'parts':[{'text':'data:image/png;base64,AAAA'}]}}]}"),
                Arguments.of(
                        GEMINI,
                        "{'candidates':[{'groundingMetadata':{'groundingChunks':[{'retrievedContext':{'uri':'gs://b/a'}}]}}]}"),
                Arguments.of(CHAT, "{'choices':[{'message':{'content':'gs://bucket/a'}}]}"),
                Arguments.of(CLAUDE, "{'content':[{'type':'text','text':'data: none'}]}"),
                Arguments.of(CLAUDE, "{'content':[{'type':'redacted_thinking','data':'AAAA'}]}"),
                Arguments.of(PREDICT, "{'predictions':['gs://bucket/a',{'data':'x','name':'y'}]}"));
    }

    @ParameterizedTest
    @MethodSource("media")
    void bytesAndFilesAreNoText(Route route, String answer) {
        AnswerFrame frame = Reads.answer(route, answer.replace('\'', '"'));

        assertThat(frame.end()).isNotEqualTo(AnswerFrame.End.ERROR);
        assertThat(frame.media()).hasSize(1);
    }

    @ParameterizedTest
    @MethodSource("texts")
    void textIsText(Route route, String answer) {
        AnswerFrame frame = Reads.answer(route, answer.replace('\'', '"'));

        assertThat(frame.media()).isEqualTo(List.of());
        assertThat(frame.deltas()).isNotEmpty();
    }
}
