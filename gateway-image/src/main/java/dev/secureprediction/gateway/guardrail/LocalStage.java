package dev.secureprediction.gateway.guardrail;

import dev.secureprediction.gateway.answer.AnswerStage;
import dev.secureprediction.gateway.answer.Frame;
import dev.secureprediction.gateway.error.Refusal;
import dev.secureprediction.gateway.surface.AnswerFrame;
import dev.secureprediction.gateway.surface.AnswerFrame.Delta;
import dev.secureprediction.gateway.surface.Edit;
import dev.secureprediction.gateway.surface.Part;
import dev.secureprediction.gateway.surface.Speaker;
import dev.secureprediction.policy.model.GuardrailStage;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Local rules over one answer. A frame goes on when no match can begin in it any more: once as much text follows in each
 * of its channels as the longest match has, or the answer has ended.
 */
final class LocalStage implements AnswerStage {
    private static final int MAX_CHANNELS = 1_000;

    private final List<Rail> rails;
    private final Function<byte[], AnswerFrame> reader;
    private final Verdicts verdicts;
    private final Next next;
    private final int holdBack;
    private final Map<Key, Channel> channels = new HashMap<>();
    private final Deque<Held> queue = new ArrayDeque<>();
    private final Set<Rail> masking = new HashSet<>();
    private long tookNanos;
    private long held;
    private boolean over;

    /**
     * Whose text goes on in which frames. Free text of a speaker goes on wherever it stands; of data and arguments each
     * place by itself.
     */
    private record Key(int candidate, Speaker speaker, String place) {}

    /** A frame that waits, and the texts in it. */
    private record Held(Frame frame, List<Piece> pieces) {}

    LocalStage(List<Rail> rails, Function<byte[], AnswerFrame> reader, Verdicts verdicts, Next next) {
        this.rails = rails;
        this.reader = reader;
        this.verdicts = verdicts;
        this.next = next;
        this.holdBack =
                rails.stream().mapToInt(rail -> rule(rail).longest()).max().orElse(0);
    }

    private static LocalRule rule(Rail rail) {
        if (rail.check() instanceof Rail.Local local) {
            return local.rule();
        }
        throw new IllegalArgumentException("only local rules");
    }

    @Override
    public void frame(Frame frame) {
        if (over) {
            return;
        }
        long started = System.nanoTime();
        if (!isReadable(frame)) {
            return;
        }
        List<Piece> pieces = new ArrayList<>();
        Set<Channel> touched = new HashSet<>();
        for (Delta delta : frame.content().deltas()) {
            Channel channel = channel(delta, frame);
            pieces.add(channel.append(
                    delta, Literal.isName(frame.data(), delta.text().span())));
            touched.add(channel);
        }
        queue.add(new Held(frame, pieces));
        held += frame.length();
        for (Channel channel : touched) {
            check(channel, true);
            channel.clear(holdBack);
        }
        tookNanos += System.nanoTime() - started;
        release();
    }

    @Override
    public void end() {
        if (over) {
            return;
        }
        for (Channel channel : channels.values()) {
            check(channel, false);
            channel.clearAll();
        }
        release();
        if (!over) {
            over = true;
            Duration took = Duration.ofNanos(tookNanos / Math.max(1, rails.size()));
            for (Rail rail : rails) {
                note(rail, masking.contains(rail) ? Verdicts.Outcome.Masked : Verdicts.Outcome.Passed, took);
            }
            next.end();
        }
    }

    /** Bytes that are text are looked at by themselves; others nobody here can read. */
    private boolean isReadable(Frame frame) {
        for (Part part : frame.content().media()) {
            Optional<String> text =
                    part instanceof Part.Inline inline ? InlineBytes.text(inline, frame.data()) : Optional.empty();
            for (Rail rail : rails) {
                if (text.isEmpty()) {
                    end(rail, Verdicts.Outcome.Unscreenable, Refusals.answerUnscreenable(rail));
                    return false;
                }
                if (!rule(rail).find(text.get(), false, false).isEmpty()) {
                    block(rail);
                    return false;
                }
            }
        }
        return true;
    }

    private Channel channel(Delta delta, Frame frame) {
        Speaker speaker = delta.text().speaker();
        boolean flows = speaker == Speaker.Model || speaker == Speaker.Thought;
        boolean name = !flows && Literal.isName(frame.data(), delta.text().span());
        String place = flows ? "" : delta.text().pointer() + (name ? " name" : "");
        Key key = new Key(delta.candidate(), speaker, channels.size() < MAX_CHANNELS ? place : "");
        return channels.computeIfAbsent(key, made -> new Channel());
    }

    private void check(Channel channel, boolean more) {
        for (Rail rail : rails) {
            if (over) {
                return;
            }
            LocalRule rule = rule(rail);
            for (Finding finding : rule.find(channel.text(), channel.hasBegun(), more)) {
                if (!rule.masks() || channel.isNamed(finding)) {
                    block(rail);
                    return;
                }
                if (channel.mask(finding)) {
                    masking.add(rail);
                }
            }
        }
        if (channel.isTooLong()) {
            // nothing but characters that are not seen: no end of it can be waited for
            block(rails.getFirst());
        }
    }

    private void block(Rail rail) {
        end(rail, Verdicts.Outcome.Blocked, Refusals.answerBlocked(rail));
    }

    private void end(Rail rail, Verdicts.Outcome outcome, Refusal refusal) {
        over = true;
        note(rail, outcome, Duration.ofNanos(tookNanos));
        next.block(refusal);
    }

    private void note(Rail rail, Verdicts.Outcome outcome, Duration took) {
        if (!rail.name().equals("redact") || outcome != Verdicts.Outcome.Passed) {
            verdicts.add(rail, GuardrailStage.Response, outcome, took);
        }
    }

    private void release() {
        while (!over && !queue.isEmpty() && queue.getFirst().pieces().stream().allMatch(Piece::isCleared)) {
            Held first = queue.remove();
            held -= first.frame().length();
            next.frame(masked(first));
        }
    }

    private Frame masked(Held held) {
        List<Edit> edits = new ArrayList<>();
        for (Piece piece : held.pieces()) {
            if (piece.isMasked()) {
                edits.add(Literal.saying(piece.masked(), piece.delta().text().span()));
            }
        }
        if (edits.isEmpty()) {
            return held.frame();
        }
        byte[] data = Literal.edited(held.frame().data(), edits);
        return held.frame().with(data, reader.apply(data));
    }

    @Override
    public long held() {
        return held;
    }

    @Override
    public void stop() {
        over = true;
        queue.clear();
        channels.clear();
        held = 0;
    }
}
