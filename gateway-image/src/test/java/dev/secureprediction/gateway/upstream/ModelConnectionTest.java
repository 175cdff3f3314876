package dev.secureprediction.gateway.upstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.HttpResponseDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

@SuppressWarnings("FutureReturnValueIgnored") // an embedded channel does at once what it is told
final class ModelConnectionTest {
    private final ModelPool pool = new ModelPool("model.test", 2);
    private final List<EmbeddedChannel> opened = new ArrayList<>();

    /** What a call hears, as text. */
    private static final class Heard implements AnswerListener {
        private final StringBuilder text = new StringBuilder();
        private Optional<ModelAnswer> answer = Optional.empty();

        @Override
        public void sent() {
            text.append("sent ");
        }

        @Override
        public void began(ModelAnswer began) {
            answer = Optional.of(began);
            text.append(began.status()).append(' ');
        }

        @Override
        public void bytes(byte[] piece) {
            text.append(new String(piece, StandardCharsets.US_ASCII)).append(' ');
        }

        @Override
        public void complete() {
            text.append("complete ");
        }

        @Override
        public void broken(Throwable cause) {
            text.append("broken ");
        }

        @Override
        public String toString() {
            return text.toString().strip();
        }
    }

    private ModelConnection take() {
        List<ModelConnection> taken = new ArrayList<>();
        pool.take(
                (made, ready, failed) -> {
                    EmbeddedChannel channel = new EmbeddedChannel();
                    opened.add(channel);
                    ModelConnection connection = made.apply(channel);
                    channel.pipeline().addLast(new HttpResponseDecoder(), connection);
                    ready.accept(connection);
                },
                taken::add,
                cause -> {});
        assertThat(taken).hasSize(1);
        return taken.getFirst();
    }

    private Heard call() {
        Heard heard = new Heard();
        take().send(ModelRequest.post("/v1/x", new byte[] {'{', '}'}).with("accept", "*/*"), heard);
        return heard;
    }

    private void answers(String text) {
        opened.getLast().writeInbound(Unpooled.copiedBuffer(text, StandardCharsets.US_ASCII));
    }

    @Test
    void sendsHeadAndBodyInOnePiece() {
        call();

        ByteBuf sent = opened.getLast().readOutbound();
        assertThat(sent.toString(StandardCharsets.US_ASCII))
                .isEqualTo("POST /v1/x HTTP/1.1\r\nhost: model.test\r\naccept: */*\r\ncontent-length: 2\r\n\r\n{}");
        sent.release();
    }

    @Test
    void servesAnotherCallOnceTheLastIsAnswered() {
        // given an answered call
        Heard first = call();
        answers("HTTP/1.1 200 OK\r\ncontent-length: 3\r\n\r\nabc");
        assertThat(first).hasToString("sent 200 abc complete");

        // when another one is made
        Heard second = call();
        answers("HTTP/1.1 429 No\r\ncontent-length: 0\r\n\r\n");

        // then it goes over the same connection
        assertThat(second).hasToString("sent 429 complete");
        assertThat(opened).hasSize(1);
    }

    @Test
    void passesOverWhatIsSaidBeforeTheAnswer() {
        Heard heard = call();

        answers("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nlink: x\r\n\r\n");
        answers("HTTP/1.1 200 OK\r\ncontent-length: 1\r\n\r\na");

        assertThat(heard).hasToString("sent 200 a complete");
    }

    @Test
    void isNotUsedAgainAfterAnAnswerThatNobodyAskedFor() {
        // given an answer with a second one behind it
        Heard first = call();
        answers("HTTP/1.1 200 OK\r\ncontent-length: 1\r\n\r\naHTTP/1.1 200 OK\r\ncontent-length: 1\r\n\r\nb");

        // when another call is made
        assertThat(first).hasToString("sent 200 a complete");
        Heard second = call();

        // then it has a connection of its own, and does not get that answer
        assertThat(opened).hasSize(2);
        assertThat(opened.getFirst().isActive()).isFalse();
        assertThat(second).hasToString("sent");
    }

    @Test
    void isNotUsedAgainWhereTheModelSaysSo() {
        call();
        answers("HTTP/1.1 200 OK\r\nconnection: close\r\ncontent-length: 1\r\n\r\na");

        call();

        assertThat(opened).hasSize(2);
    }

    @Test
    void tellsOfAnAnswerThatBreaksOff() {
        Heard heard = call();
        answers("HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\nabc");

        opened.getLast().close();

        assertThat(heard).hasToString("sent 200 abc broken");
    }

    @Test
    void takesAnAnswerThatEndsWithItsConnection() {
        Heard heard = call();
        answers("HTTP/1.1 200 OK\r\n\r\nabc");

        opened.getLast().close();

        assertThat(heard).hasToString("sent 200 abc complete");
    }

    @Test
    void tellsOfWhatIsNoAnswer() {
        Heard heard = call();

        answers("nonsense\r\n\r\n");

        assertThat(heard).hasToString("sent broken");
        assertThat(opened.getLast().isActive()).isFalse();
    }

    @Test
    void holdsTheAnswerOfAPausedCall() {
        // given a call whose caller is slow
        Heard heard = call();
        answers("HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n1\r\na\r\n");
        heard.answer.orElseThrow().pause();

        // when the model goes on
        answers("1\r\nb\r\n0\r\n\r\n");
        assertThat(heard).hasToString("sent 200 a");
        assertThat(opened.getLast().config().isAutoRead()).isFalse();

        // then the rest comes when there is room, and the connection is free
        heard.answer.orElseThrow().resume();
        assertThat(heard).hasToString("sent 200 a b complete");
        call();
        assertThat(opened).hasSize(1);
    }

    @Test
    void endsWithACallThatIsAbandoned() {
        Heard heard = new Heard();
        ModelConnection connection = take();
        connection.send(ModelRequest.post("/", new byte[0]), heard);

        connection.abandon();

        assertThat(opened.getLast().isActive()).isFalse();
        assertThat(heard).hasToString("sent");
    }

    @Test
    void hasNoMoreConnectionsThanItMay() {
        call();
        call();
        List<Throwable> causes = new ArrayList<>();

        pool.take((made, ready, failed) -> {}, ready -> {}, causes::add);

        assertThat(causes).hasExactlyElementsOfTypes(TooManyConnectionsException.class);
    }

    @Test
    void sendsNothingThatEndsALine() {
        ModelRequest request = ModelRequest.post("/", new byte[0]);

        assertThatThrownBy(() -> request.with("x", "a\r\nb: c")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> ModelRequest.post("/ HTTP/1.1\n", new byte[0]))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
