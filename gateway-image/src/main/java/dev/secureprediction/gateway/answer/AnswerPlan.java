package dev.secureprediction.gateway.answer;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * What an answer passes, decided before the model is called.
 *
 * @param steps what may hold or change frames, in order
 * @param observers who watches what goes out
 */
public record AnswerPlan(List<AnswerStage.Step> steps, List<AnswerObserver> observers) {
    /** Bytes go on as they come. */
    public static final AnswerPlan DIRECT = new AnswerPlan(List.of(), List.of());

    public AnswerPlan {
        steps = List.copyOf(steps);
        observers = List.copyOf(observers);
    }

    /** The same with further steps behind its own. */
    public AnswerPlan then(List<AnswerStage.Step> further) {
        return new AnswerPlan(Stream.concat(steps.stream(), further.stream()).toList(), observers);
    }

    /** The same with one more observer. */
    public AnswerPlan watchedBy(AnswerObserver observer) {
        List<AnswerObserver> all = new ArrayList<>(observers);
        all.add(observer);
        return new AnswerPlan(steps, all);
    }

    /** Whether something may hold the first frame, or end the answer before it: the head waits for that. */
    public boolean mayHold() {
        return steps.stream().anyMatch(step -> !step.equals(WatchingStage.STEP));
    }

    /** Whether it is a stream that is read as it passes. */
    public boolean isWatched() {
        return steps.contains(WatchingStage.STEP);
    }

    /** Whether the answer must be cut into frames. */
    public boolean wantsFrames() {
        return !steps.isEmpty() || observers.stream().anyMatch(AnswerObserver::wantsFrames);
    }
}
