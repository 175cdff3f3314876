package dev.secureprediction.gateway.guardrail;

import dev.secureprediction.gateway.answer.AnswerStage;
import dev.secureprediction.gateway.answer.Frame;
import dev.secureprediction.gateway.surface.AnswerFrame.Delta;
import dev.secureprediction.gateway.surface.Part;
import dev.secureprediction.gateway.surface.Speaker;
import dev.secureprediction.policy.model.GuardrailStage;
import dev.secureprediction.policy.model.OnError;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Somebody else looks at an answer while it is made: in windows of 1,024 characters, or of what came in 500 ms, each
 * beginning with the last 256 characters of the one before. Bytes and names of files are asked about one by one, if it can read
 * them. A frame goes on when all that is in it has passed.
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
    private final List<CompletableFuture<?>> looks = new ArrayList<>(0);
    private long frames;
    private long held;
    private boolean ending;
    private boolean over;

    private record Key(int candidate, Speaker speaker) {}

    private record Held(Frame frame, List<BooleanSupplier> needed) {}

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
        List<BooleanSupplier> needed = new ArrayList<>();
        for (Part part : frame.content().media()) {
            Screening.Item item = RequestChain.item(part, frame.data());
            if (!screener.reads(item)) {
                over = true;
                verdicts.add(rail, GuardrailStage.Response, Verdicts.Outcome.Unscreenable, Duration.ZERO);
                next.block(Refusals.answerUnscreenable(rail));
                return;
            }
            needed.add(look(item));
        }
        Set<Flow> touched = new LinkedHashSet<>();
        for (Delta delta : frame.content().deltas()) {
            Flow flow = flows.computeIfAbsent(
                    new Key(delta.candidate(), delta.text().speaker()), Flow::new);
            flow.append(delta.text().text(), delta.text().pointer(), frames);
            long upTo = flow.received;
            needed.add(() -> flow.passed >= upTo);
            touched.add(flow);
        }
        queue.add(new Held(frame, needed));
        held += frame.length();
        touched.forEach(Flow::advance);
        release();
    }

    /** Asks about something that is no text. */
    private BooleanSupplier look(Screening.Item item) {
        boolean[] passed = {false};
        looks.add(ask(item, () -> passed[0] = true));
        return () -> passed[0];
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
                && queue.getFirst().needed().stream().allMatch(BooleanSupplier::getAsBoolean)) {
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
        looks.forEach(look -> look.cancel(false));
        flows.clear();
        queue.clear();
        held = 0;
    }

    /**
     * Asks, and goes on with a yes; anything else ends the answer, unless a failure may pass.
     *
     * @param passed on the answer's thread
     */
    private CompletableFuture<?> ask(Screening.Item item, Runnable passed) {
        long started = System.nanoTime();
        return verdict(item)
                .handle((passes, failure) -> {
                    if (failure != null) {
                        LOG.warn("guardrail {} gave no verdict: {}", rail.name(), RequestChain.reason(failure));
                    }
                    return new Answered(failure == null && passes, failure != null);
                })
                .thenAccept(answered ->
                        loop.run(() -> answered(answered, Duration.ofNanos(System.nanoTime() - started), passed)));
    }

    private CompletableFuture<Boolean> verdict(Screening.Item item) {
        try {
            return screener.passes(new Screening(GuardrailStage.Response, List.of(item)));
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private void answered(Answered answered, Duration took, Runnable passed) {
        if (over) {
            return;
        }
        boolean failed = answered.failed();
        boolean open = failed && rail.onError() == OnError.Allow;
        verdicts.add(
                rail,
                GuardrailStage.Response,
                failed
                        ? open ? Verdicts.Outcome.FailedOpen : Verdicts.Outcome.Failed
                        : answered.passes() ? Verdicts.Outcome.Passed : Verdicts.Outcome.Blocked,
                took);
        if (!answered.passes() && !open) {
            over = true;
            next.block(failed ? Refusals.failed(rail) : Refusals.answerBlocked(rail));
            return;
        }
        passed.run();
        release();
        next.moved();
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
            running = RemoteStage.this.ask(new Screening.Text(key.speaker(), window), () -> {
                asking = false;
                passed = asked;
                advance();
            });
        }

        /** A character that is cut in two is asked about when it is whole. */
        private boolean mayGoOn(int length) {
            return length < waiting.length() || (!ending && length > 1);
        }

        void stop() {
            timer.run();
            running.cancel(false);
        }
    }
}
