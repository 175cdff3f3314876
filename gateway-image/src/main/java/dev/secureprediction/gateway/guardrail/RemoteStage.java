package dev.secureprediction.gateway.guardrail;

import dev.secureprediction.gateway.answer.AnswerStage;
import dev.secureprediction.gateway.answer.Frame;
import dev.secureprediction.gateway.surface.AnswerFrame.Delta;
import dev.secureprediction.gateway.surface.Speaker;
import dev.secureprediction.policy.model.GuardrailStage;
import dev.secureprediction.policy.model.OnError;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Somebody else looks at an answer while it is made: in windows of 1,024 characters, or of what came in 500 ms, each
 * beginning with the last 256 characters of the one before. A frame goes on when all its texts have passed.
 */
final class RemoteStage implements AnswerStage {
    static final int ENOUGH = 1_024;
    static final long PATIENCE_MILLISECONDS = 500;

    private static final Logger LOG = LoggerFactory.getLogger(RemoteStage.class);

    private final Rail rail;
    private final RemoteScreener screener;
    private final Verdicts verdicts;
    private final Next next;
    private final Loop loop;
    private final Map<Key, Flow> flows = new LinkedHashMap<>();
    private final Deque<Held> queue = new ArrayDeque<>();
    private long frames;
    private long held;
    private boolean ending;
    private boolean over;

    private record Key(int candidate, Speaker speaker) {}

    /** A text of a frame: up to here its flow must have passed. */
    private record Needed(Flow flow, long upTo) {}

    private record Held(Frame frame, List<Needed> needed) {}

    private record Answered(boolean passes, boolean failed) {}

    RemoteStage(Rail rail, RemoteScreener screener, Verdicts verdicts, Next next, Loop loop) {
        this.rail = rail;
        this.screener = screener;
        this.verdicts = verdicts;
        this.next = next;
        this.loop = loop;
    }

    @Override
    public void frame(Frame frame) {
        if (over) {
            return;
        }
        frames++;
        List<Needed> needed = new ArrayList<>();
        for (Delta delta : frame.content().deltas()) {
            Flow flow = flows.computeIfAbsent(
                    new Key(delta.candidate(), delta.text().speaker()), Flow::new);
            flow.append(delta.text().text(), delta.text().pointer(), frames);
            needed.add(new Needed(flow, flow.received));
        }
        queue.add(new Held(frame, needed));
        held += frame.length();
        for (Needed one : needed) {
            one.flow().advance();
        }
        release();
    }

    @Override
    public void end() {
        if (over) {
            return;
        }
        ending = true;
        List.copyOf(flows.values()).forEach(Flow::advance);
        release();
    }

    private void release() {
        while (!over
                && !queue.isEmpty()
                && queue.getFirst().needed().stream().allMatch(one -> one.flow().passed >= one.upTo())) {
            Held first = queue.remove();
            held -= first.frame().length();
            next.frame(first.frame());
        }
        if (!over && ending && queue.isEmpty()) {
            over = true;
            next.end();
        }
    }

    @Override
    public long held() {
        return held;
    }

    @Override
    public void stop() {
        over = true;
        flows.values().forEach(Flow::stop);
        flows.clear();
        queue.clear();
        held = 0;
    }

    /** The text of one candidate and speaker, in the order in which it is asked about. */
    private final class Flow {
        private final Key key;
        private final StringBuilder waiting = new StringBuilder();
        private String overlap = "";
        private String place = "";
        private long received;
        private long asked;
        private long passed;
        private boolean asking;
        private boolean due;
        private boolean timed;
        private CompletableFuture<?> running = CompletableFuture.completedFuture(null);
        private Runnable timer = () -> {};
        private long last;

        Flow(Key key) {
            this.key = key;
        }

        void append(String text, String pointer, long frame) {
            if (frame == last && !pointer.equals(place)) {
                add("\n"); // another string of the same frame is another text
            }
            last = frame;
            place = pointer;
            add(text);
        }

        private void add(String text) {
            waiting.append(text);
            received += text.length();
        }

        /** Asks about the next window, if one is due and none is asked about. */
        void advance() {
            if (over || asking) {
                return;
            }
            if (waiting.length() == 0) {
                due = false;
                return;
            }
            if (due || ending || waiting.length() >= ENOUGH) {
                ask();
            } else if (waiting.length() > 0 && !timed) {
                timed = true;
                timer = loop.after(PATIENCE_MILLISECONDS, () -> {
                    timed = false;
                    due = true;
                    advance();
                });
            }
        }

        private void ask() {
            asking = true;
            due = false;
            timer.run();
            timed = false;
            int length = Math.min(waiting.length(), Texts.WINDOW - Texts.OVERLAP);
            if (mayGoOn(length) && Character.isHighSurrogate(waiting.charAt(length - 1))) {
                length--;
            }
            String window = Texts.wellFormed(overlap + waiting.substring(0, length));
            waiting.delete(0, length);
            overlap = window.substring(Math.max(0, window.length() - Texts.OVERLAP));
            asked += length;
            long started = System.nanoTime();
            CompletableFuture<Answered> verdict = verdict(window).handle((passes, failure) -> {
                if (failure != null) {
                    LOG.warn("guardrail {} gave no verdict: {}", rail.name(), RequestChain.reason(failure));
                }
                return new Answered(failure == null && passes, failure != null);
            });
            running = verdict.thenAccept(answered -> loop.run(() ->
                    answered(answered.passes(), answered.failed(), Duration.ofNanos(System.nanoTime() - started))));
        }

        /** A character that is cut in two is asked about when it is whole. */
        private boolean mayGoOn(int length) {
            return length < waiting.length() || (!ending && length > 1);
        }

        private CompletableFuture<Boolean> verdict(String window) {
            try {
                return screener.passes(
                        new Screening(GuardrailStage.Response, List.of(new Screening.Text(key.speaker(), window))));
            } catch (RuntimeException e) {
                return CompletableFuture.failedFuture(e);
            }
        }

        private void answered(boolean passes, boolean failed, Duration took) {
            if (over) {
                return;
            }
            asking = false;
            boolean open = failed && rail.onError() == OnError.Allow;
            verdicts.add(
                    rail,
                    GuardrailStage.Response,
                    failed
                            ? open ? Verdicts.Outcome.FailedOpen : Verdicts.Outcome.Failed
                            : passes ? Verdicts.Outcome.Passed : Verdicts.Outcome.Blocked,
                    took);
            if (!passes && !open) {
                over = true;
                next.block(failed ? Refusals.failed(rail) : Refusals.answerBlocked(rail));
                return;
            }
            passed = asked;
            advance();
            release();
            next.moved();
        }

        void stop() {
            timer.run();
            running.cancel(false);
        }
    }
}
