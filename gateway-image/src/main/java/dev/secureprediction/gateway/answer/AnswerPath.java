package dev.secureprediction.gateway.answer;

import dev.secureprediction.gateway.error.ErrorCode;
import dev.secureprediction.gateway.error.Refusal;
import dev.secureprediction.gateway.error.RefusedException;
import dev.secureprediction.gateway.surface.AnswerFrame;
import dev.secureprediction.gateway.usage.TokensUsed;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One answer that passes frame by frame. Its head goes out with the first frame that does, so that an answer that is
 * stopped before is an ordinary error.
 */
public final class AnswerPath {
    /** Largest frame, in bytes. */
    public static final int MAX_FRAME = 16 << 20;

    private static final long FULL = 256 << 10;

    private final Framing framing;
    private final FrameSplitter splitter;
    private final Reading reading;
    private final AnswerExit exit;
    private final Room room;
    private final boolean strict;
    private final List<AnswerStage> stages = new ArrayList<>();
    private final List<AnswerObserver> observers;
    private final AnswerStage.Next last = new Exit();

    private AnswerStage.@Nullable Next first;
    private long taken;
    private boolean begun;
    private boolean over;
    private AnswerFrame.End end = AnswerFrame.End.OPEN;
    private Optional<TokensUsed> usage = Optional.empty();

    /**
     * How data is understood.
     *
     * @param translation makes the caller's data of the model's
     * @param content reads a frame's data
     * @param error what a caller is told instead of a frame that is an error
     */
    public record Reading(
            Translation translation, Function<byte[], AnswerFrame> content, Function<byte[], Refusal> error) {}

    /** Makes the caller's data of the model's. */
    @FunctionalInterface
    public interface Translation {
        byte[] translate(byte[] data) throws RefusedException;
    }

    private AnswerPath(AnswerPlan plan, Framing framing, Reading reading, AnswerExit exit, Room room) {
        this.framing = framing;
        this.splitter = framing.splitter(MAX_FRAME);
        this.reading = reading;
        this.exit = exit;
        this.room = room;
        this.strict = !plan.steps().isEmpty();
        this.observers =
                plan.observers().stream().filter(AnswerObserver::wantsFrames).toList();
    }

    /** A path for one answer. */
    public static AnswerPath open(
            AnswerPlan plan, Framing framing, Reading reading, AnswerExit exit, Room room, AnswerStage.Loop loop) {
        AnswerPath path = new AnswerPath(plan, framing, reading, exit, room);
        AnswerStage.Next next = path.last;
        for (AnswerStage.Step step : plan.steps().reversed()) {
            AnswerStage stage = step.open(next, loop);
            path.stages.addFirst(stage);
            next = new Into(stage, next);
        }
        path.first = next;
        return path;
    }

    /** Takes the next bytes of the model's answer. */
    public void take(byte[] piece) {
        if (over) {
            return;
        }
        try {
            splitter.take(piece, this::enter);
        } catch (UnreadableAnswerException e) {
            fail(Refusal.of(ErrorCode.UPSTREAM_FAILED, "ANSWER:" + e.getMessage()));
        }
        account();
    }

    /** The model's answer is complete. */
    public void finish() {
        if (over) {
            return;
        }
        try {
            splitter.finish(this::enter);
        } catch (UnreadableAnswerException e) {
            fail(Refusal.of(ErrorCode.UPSTREAM_INTERRUPTED, "ANSWER:" + e.getMessage()));
        }
        if (!over && first != null) {
            first.end();
        }
        account();
    }

    /** Nothing goes out any more, what is held least of all. */
    public void stop() {
        over = true;
        stages.forEach(AnswerStage::stop);
        room.take(-taken);
        taken = 0;
    }

    /** Whether so much is held that the model should wait. */
    public boolean isFull() {
        return !over && framing != Framing.WHOLE && stagesHold() > FULL;
    }

    /** The token counts that came last. */
    public Optional<TokensUsed> usage() {
        return usage;
    }

    /** Whether the model itself said that its answer was cut short. */
    public AnswerEnd.Kind completeness() {
        return switch (end) {
            case OPEN, COMPLETE -> AnswerEnd.Kind.COMPLETE;
            case PARTIAL -> AnswerEnd.Kind.PARTIAL;
            case ERROR -> AnswerEnd.Kind.ERROR;
        };
    }

    private void enter(byte[] before, byte[] data, byte[] after) {
        if (over || first == null) {
            return;
        }
        byte[] translated;
        try {
            translated = data.length == 0 ? data : reading.translation().translate(data);
        } catch (RefusedException e) {
            fail(e.refusal());
            return;
        }
        AnswerFrame content =
                translated.length == 0 ? Frame.NOTHING : reading.content().apply(translated);
        if (content.usage().isPresent()) {
            usage = usage.isPresent()
                    ? usage.map(known -> known.then(content.usage().get()))
                    : content.usage();
        }
        if (content.end() != AnswerFrame.End.OPEN && end != AnswerFrame.End.PARTIAL) {
            end = content.end();
        }
        if (strict && content.end() == AnswerFrame.End.ERROR) {
            // what cannot be read cannot be screened; what the model's API says of itself is not for callers
            fail(reading.error().apply(data));
            return;
        }
        first.frame(new Frame(before, translated, after, content));
    }

    private void fail(Refusal refusal) {
        if (!over) {
            stop();
            exit.fail(refusal);
        }
    }

    private long stagesHold() {
        long held = 0;
        for (AnswerStage stage : stages) {
            held += stage.held();
        }
        return held;
    }

    private void account() {
        if (over) {
            return;
        }
        long now = splitter.held() + stagesHold();
        if (room.take(now - taken)) {
            taken = now;
        } else {
            fail(Refusal.of(ErrorCode.OVERLOADED, "OVERLOADED:ANSWERS"));
        }
    }

    /** The caller's end of the chain. */
    private final class Exit implements AnswerStage.Next {
        @Override
        public void frame(Frame frame) {
            if (over) {
                return;
            }
            if (!begun) {
                begun = true;
                exit.begin(framing == Framing.WHOLE ? OptionalLong.of(frame.length()) : OptionalLong.empty());
            }
            observers.forEach(observer -> observer.released(frame));
            exit.write(frame.bytes());
        }

        @Override
        public void end() {
            if (over) {
                return;
            }
            if (!begun) {
                exit.begin(OptionalLong.of(0));
            }
            stop();
            exit.end();
        }

        @Override
        public void block(Refusal refusal) {
            fail(refusal);
        }

        @Override
        public void moved() {
            if (!over) {
                account();
                exit.moved();
            }
        }
    }

    /** A stage, seen from the one before it. */
    private record Into(AnswerStage stage, AnswerStage.Next behind) implements AnswerStage.Next {
        @Override
        public void frame(Frame frame) {
            stage.frame(frame);
        }

        @Override
        public void end() {
            stage.end();
        }

        @Override
        public void block(Refusal refusal) {
            behind.block(refusal);
        }

        @Override
        public void moved() {
            behind.moved();
        }
    }
}
