package dev.secureprediction.gateway.forward;

import dev.secureprediction.gateway.answer.AnswerStage;
import io.vertx.core.Context;
import io.vertx.core.Vertx;

/** The event loop of one call, for what must come back to it. */
record LoopOfCall(Vertx vertx, Context context) implements AnswerStage.Loop {

    static LoopOfCall here(Vertx vertx) {
        return new LoopOfCall(vertx, vertx.getOrCreateContext());
    }

    @Override
    public void run(Runnable task) {
        context.runOnContext(nothing -> task.run());
    }

    @Override
    public Runnable after(long milliseconds, Runnable task) {
        long timer = vertx.setTimer(milliseconds, id -> task.run());
        return () -> vertx.cancelTimer(timer);
    }
}
