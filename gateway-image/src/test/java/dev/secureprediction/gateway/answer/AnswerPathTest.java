package dev.secureprediction.gateway.answer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.secureprediction.gateway.error.ErrorCode;
import dev.secureprediction.gateway.error.Refusal;
import dev.secureprediction.gateway.surface.AnswerFrame;
import dev.secureprediction.gateway.usage.TokensUsed;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** An answer passes its stages in order, is watched as it goes out, and nothing goes out that a stage still holds. */
final class AnswerPathTest {
    private final StringBuilder out = new StringBuilder();
    private final List<String> seen = new ArrayList<>();
    private final Room room = new Room(100);
    private final Caller caller = new Caller();

    /** What the caller's side is told. */
    private final class Caller implements AnswerExit {
        private OptionalLong length = OptionalLong.empty();
        private boolean begun;
        private boolean ended;
        private Optional<Refusal> failure = Optional.empty();

        @Override
        public void begin(OptionalLong value) {
            begun = true;
            length = value;
        }

        @Override
        public void write(byte[] bytes) {
            out.append(new String(bytes, StandardCharsets.UTF_8));
        }

        @Override
        public void end() {
            ended = true;
        }

        @Override
        public void fail(Refusal refusal) {
            failure = Optional.of(refusal);
        }

        @Override
        public void moved() {
            seen.add("moved");
        }
    }

    /** Holds every frame until told. */
    private static final class Gate implements AnswerStage {
        private final Next next;
        private final Deque<Frame> held = new ArrayDeque<>();
        private boolean ending;

        Gate(Next next) {
            this.next = next;
        }

        @Override
        public void frame(Frame frame) {
            held.add(frame);
        }

        @Override
        public void end() {
            ending = true;
            open(0);
        }

        void open(int frames) {
            for (int i = 0; i < frames; i++) {
                next.frame(held.remove());
            }
            if (ending && held.isEmpty()) {
                next.end();
            }
            next.moved();
        }

        @Override
        public long held() {
            return held.stream().mapToLong(Frame::length).sum();
        }

        @Override
        public void stop() {
            held.clear();
        }
    }

    private AnswerPath path(Framing framing, List<AnswerStage.Step> steps, AnswerObserver... observers) {
        return AnswerPath.open(
                new AnswerPlan(steps, List.of(observers)),
                framing,
                new AnswerPath.Reading(
                        data -> data, AnswerPathTest::read, data -> Refusal.of(ErrorCode.UPSTREAM_FAILED)),
                caller,
                room,
                new NoLoop());
    }

    /** These tests wait for nothing. */
    private record NoLoop() implements AnswerStage.Loop {
        @Override
        public void run(Runnable task) {
            throw new IllegalStateException("nothing is asked for later");
        }

        @Override
        public Runnable after(long milliseconds, Runnable task) {
            throw new IllegalStateException("nothing is asked for later");
        }
    }

    private static AnswerFrame read(byte[] data) {
        String text = new String(data, StandardCharsets.UTF_8);
        AnswerFrame.End end = text.contains("error")
                ? AnswerFrame.End.ERROR
                : text.contains("cut") ? AnswerFrame.End.PARTIAL : AnswerFrame.End.OPEN;
        OptionalLong tokens = text.contains("7") ? OptionalLong.of(7) : OptionalLong.empty();
        return new AnswerFrame(
                List.of(),
                List.of(),
                false,
                tokens.isPresent()
                        ? Optional.of(new TokensUsed(OptionalLong.empty(), OptionalLong.empty(), tokens))
                        : Optional.empty(),
                end);
    }

    private AnswerObserver watcher() {
        return new AnswerObserver() {
            @Override
            public boolean wantsFrames() {
                return true;
            }

            @Override
            public void released(Frame frame) {
                seen.add(new String(frame.data(), StandardCharsets.UTF_8));
            }

            @Override
            public void ended(AnswerEnd end) {
                seen.add(end.kind().name());
            }
        };
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void whatIsWatchedPassesAtOnceAndUnchanged() {
        // given a stream that something keeps
        AnswerPath path = path(Framing.EVENTS, List.of(), watcher());

        // when it arrives
        path.take(bytes("data: 1\n\ndata: {\"total\":7}\n\nda"));

        // then each complete frame is out, and the watcher saw it
        assertThat(out).hasToString("data: 1\n\ndata: {\"total\":7}\n\n");
        assertThat(seen).containsExactly("1", "{\"total\":7}");
        path.take(bytes("ta: \"cut\"\n\n"));
        path.finish();
        assertThat(caller.ended).isTrue();
        assertThat(path.usage())
                .hasValueSatisfying(used -> assertThat(used.total()).hasValue(7));
        assertThat(path.completeness()).isEqualTo(AnswerEnd.Kind.PARTIAL);
    }

    @Test
    void whatAStageHoldsDoesNotGoOutNotEvenTheHead() {
        // given a stage that waits for verdicts
        List<Gate> gates = new ArrayList<>();
        AnswerPath path = path(Framing.EVENTS, List.of((next, loop) -> {
            gates.add(new Gate(next));
            return gates.getLast();
        }));
        path.take(bytes("data: 1\n\ndata: 2\n\n"));
        path.finish();
        assertThat(caller.begun).isFalse();
        assertThat(room.taken()).isEqualTo(18);

        // when the verdicts come
        gates.getFirst().open(1);
        assertThat(out).hasToString("data: 1\n\n");
        assertThat(caller.ended).isFalse();
        gates.getFirst().open(1);

        // then all is out, nothing is held, and there is room again
        assertThat(out).hasToString("data: 1\n\ndata: 2\n\n");
        assertThat(caller.ended).isTrue();
        assertThat(room.taken()).isZero();
    }

    @Test
    void aBlockEndsAllAndNothingHeldGoesOut() {
        // given two frames that are held
        List<AnswerStage.Next> behind = new ArrayList<>();
        AnswerPath path = path(Framing.EVENTS, List.of((next, loop) -> {
            behind.add(next);
            return new Gate(next);
        }));
        path.take(bytes("data: 1\n\ndata: 2\n\n"));

        // when the stage blocks the answer
        behind.getFirst().block(Refusal.of(ErrorCode.ACCESS_DENIED));

        // then that is all that the caller hears
        assertThat(caller.failure).isPresent();
        assertThat(caller.begun).isFalse();
        path.take(bytes("data: 3\n\n"));
        path.finish();
        assertThat(out).isEmpty();
        assertThat(room.taken()).isZero();
    }

    @Test
    void aWholeBodyHasTheLengthThatItHasAfterItsStages() {
        // given a stage that makes a body longer
        AnswerPath path = path(Framing.WHOLE, List.of((next, loop) -> new Longer(next)));
        path.take(bytes("{\"a\":"));
        path.take(bytes("1}"));
        assertThat(caller.begun).isFalse();
        path.finish();
        assertThat(out).hasToString("{\"a\":1}{\"a\":1}");
        assertThat(caller.length).hasValue(14);
        assertThat(caller.ended).isTrue();
    }

    /** Says everything twice. */
    private record Longer(Next next) implements AnswerStage {
        @Override
        public void frame(Frame frame) {
            byte[] twice = bytes(new String(frame.data(), StandardCharsets.UTF_8).repeat(2));
            next.frame(frame.with(twice, frame.content()));
        }

        @Override
        public void end() {
            next.end();
        }

        @Override
        public long held() {
            return 0;
        }

        @Override
        public void stop() {}
    }

    @Test
    void anErrorInAScreenedStreamIsNotPassedOn() {
        // given a screened stream
        AnswerPath path = path(Framing.EVENTS, List.of((next, loop) -> new Longer(next)));

        // when the model's API puts an error of its own into it
        path.take(bytes("data: 1\n\ndata: {\"error\":{\"message\":\"in projects/secret\"}}\n\ndata: 2\n\n"));

        // then the caller is told by us, and nothing follows
        assertThat(out).hasToString("data: 11\n\n");
        assertThat(caller.failure)
                .hasValueSatisfying(refusal -> assertThat(refusal.code()).isEqualTo(ErrorCode.UPSTREAM_FAILED));
        path.finish();
        assertThat(caller.ended).isFalse();
    }

    @Test
    void anAnswerThatNeedsMoreMemoryThanThereIsEnds() {
        AnswerPath path = path(Framing.WHOLE, List.of(), watcher());
        path.take(bytes("x".repeat(90)));
        path.take(bytes("x".repeat(90)));
        assertThat(caller.failure)
                .hasValueSatisfying(refusal -> assertThat(refusal.code()).isEqualTo(ErrorCode.OVERLOADED));
        assertThat(room.taken()).isZero();
    }
}
