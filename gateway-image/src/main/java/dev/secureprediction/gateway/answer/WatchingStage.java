package dev.secureprediction.gateway.answer;

/**
 * Hands every frame on at once. Where it stands, an answer is read as it passes, so that an error which the model's API puts
 * into an answer that began well ends it as one, and is on record.
 */
public final class WatchingStage implements AnswerStage {
    /** Makes it for one answer. */
    public static final Step STEP = (next, loop) -> new WatchingStage(next);

    private final Next next;

    private WatchingStage(Next next) {
        this.next = next;
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
