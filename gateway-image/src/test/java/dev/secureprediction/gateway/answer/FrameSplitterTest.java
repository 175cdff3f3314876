package dev.secureprediction.gateway.answer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Answers are cut where clients cut them, whatever pieces they arrive in, and no byte is lost. */
final class FrameSplitterTest {
    private final List<String> data = new ArrayList<>();
    private final StringBuilder all = new StringBuilder();

    private void collect(byte[] before, byte[] payload, byte[] after) {
        if (payload.length > 0) {
            data.add(text(payload));
        }
        all.append(text(before)).append(text(payload)).append(text(after));
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private void feed(FrameSplitter splitter, String answer, int pieceLength) throws UnreadableAnswerException {
        data.clear();
        all.setLength(0);
        byte[] bytes = answer.getBytes(StandardCharsets.UTF_8);
        for (int from = 0; from < bytes.length; from += pieceLength) {
            splitter.take(Arrays.copyOfRange(bytes, from, Math.min(bytes.length, from + pieceLength)), this::collect);
        }
        splitter.finish(this::collect);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\n", "\r\n", "\r"})
    void eventsAreCutAtEmptyLinesOfEveryKind(String lineEnd) throws Exception {
        // given events with names, comments, ids and data that begins with and without a blank
        String stream = String.join(
                lineEnd,
                ": hello",
                "",
                "data: {\"n\":1}",
                "",
                "event: delta",
                "data:{\"n\":2}",
                "id: 7",
                "",
                "data: [DONE]",
                "",
                "");

        // when they arrive in pieces of every size
        for (int length = 1; length <= stream.length(); length++) {
            feed(Framing.EVENTS.splitter(1_000), stream, length);

            // then the data is what a client reads, and the bytes are the same but for the comment's text
            assertThat(data).as("pieces of %d", length).containsExactly("{\"n\":1}", "{\"n\":2}", "[DONE]");
            assertThat(all).hasToString(stream.replace(": hello", ":"));
        }
    }

    @Test
    void whatStandsAroundDataCarriesNoText() throws Exception {
        // given a model that says something where no screener looks
        String events = """
                : 4111 1111 1111 1111
                event: message_start
                event: call me
                secret: x
                data: 1
                id: 7
                id: a b

                : alive

                """;

        // when
        feed(Framing.EVENTS.splitter(1_000), events, 3);

        // then names and ids go on, and a comment that keeps a connection alive as an empty one
        assertThat(data).containsExactly("1");
        assertThat(all).hasToString(":\nevent: message_start\ndata: 1\nid: 7\n\n:\n\n");
    }

    @Test
    void dataOverSeveralLinesIsOneJsonText() throws Exception {
        feed(Framing.EVENTS.splitter(1_000), "data: {\"a\":1,\ndata: \"b\":2}\nid: 3\n\n", 5);
        assertThat(data).containsExactly("{\"a\":1, \"b\":2}");
        assertThat(all).hasToString("data: {\"a\":1, \"b\":2}\nid: 3\n\n");
    }

    @Test
    void anEventIsThereAsSoonAsItsEmptyLineIs() throws Exception {
        FrameSplitter splitter = Framing.EVENTS.splitter(1_000);
        splitter.take("data: 1\n".getBytes(StandardCharsets.UTF_8), this::collect);
        assertThat(data).isEmpty();
        splitter.take("\n".getBytes(StandardCharsets.UTF_8), this::collect);
        assertThat(data).containsExactly("1");
        assertThat(splitter.held()).isZero();
    }

    @Test
    void aByteOrderMarkHidesNoData() throws Exception {
        feed(Framing.EVENTS.splitter(1_000), "\uFEFFdata: 1\n\n", 2);
        assertThat(data).containsExactly("1");
    }

    @Test
    void anArrayIsCutIntoItsElements() throws Exception {
        // given elements with brackets and quotes in their texts
        String array = " [ {\"a\":\"]}\\\"\"} ,\r\n{\"b\":[1,{\"c\":\"\\\\\"}]},12 , \"x,]\" , null]\n ";
        for (int length = 1; length <= array.length(); length++) {
            feed(Framing.ARRAY.splitter(1_000), array, length);
            assertThat(data)
                    .as("pieces of %d", length)
                    .containsExactly("{\"a\":\"]}\\\"\"}", "{\"b\":[1,{\"c\":\"\\\\\"}]}", "12", "\"x,]\"", "null");
            assertThat(all).hasToString(array);
        }
    }

    @Test
    void whatIsNoArrayIsOneFrame() throws Exception {
        feed(Framing.ARRAY.splitter(1_000), " {\"a\":[1,2]}", 1);
        assertThat(data).containsExactly(" {\"a\":[1,2]}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"[{\"a\":1}", "[{\"a\":1", "["})
    void anArrayThatIsNotClosedIsNotComplete(String array) {
        assertThatThrownBy(() -> feed(Framing.ARRAY.splitter(1_000), array, 3)).hasMessage("ARRAY_NOT_CLOSED");
    }

    @ParameterizedTest
    @ValueSource(strings = {"[1]x", "[1 2]", "[,1]", "[{} {}]"})
    void whatIsNotAnArrayIsNotGuessedAt(String array) {
        assertThatThrownBy(() -> feed(Framing.ARRAY.splitter(1_000), array, 3)).hasMessage("NOT_AN_ARRAY");
    }

    @ParameterizedTest
    @ValueSource(strings = {"data: ", "[\"", "{"})
    void noFrameGrowsPastItsBound(String beginning) {
        for (Framing framing : Framing.values()) {
            assertThatThrownBy(() -> feed(framing.splitter(100), beginning + "x".repeat(200), 7))
                    .hasMessage("FRAME_TOO_LARGE");
        }
    }
}
