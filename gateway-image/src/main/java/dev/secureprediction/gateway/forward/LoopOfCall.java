package dev.secureprediction.gateway.forward;

import dev.secureprediction.gateway.answer.AnswerStage;
import dev.secureprediction.gateway.upstream.ModelConnections;
import dev.secureprediction.gateway.upstream.ModelTls;
import io.netty.util.concurrent.Future;
import io.vertx.core.Vertx;
import io.vertx.core.impl.buffer.VertxByteBufAllocator;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.internal.VertxInternal;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;

/** The event loop of a call, for what must come back to it: the caller's side expects to find its context there. */
record LoopOfCall(ContextInternal context) implements AnswerStage.Loop {

    /** The current one. */
    static LoopOfCall here(Vertx vertx) {
        return new LoopOfCall(((VertxInternal) vertx).getOrCreateContext());
    }

    /** Connections to models on this loop. */
    ModelConnections connections(ModelTls tls) {
        VertxInternal vertx = context.owner();
        return ModelConnections.on(
                context.nettyEventLoop(),
                vertx.transport().channelFactory(false),
                vertx.nameResolver().nettyAddressResolverGroup(),
                VertxByteBufAllocator.POOLED_ALLOCATOR,
                tls);
    }

    /** Runs a task on the loop, at once where that is the current thread. */
    void enter(Runnable task) {
        ContextInternal before = context.beginDispatch();
        try {
            task.run();
        } finally {
            context.endDispatch(before);
        }
    }

    /** Goes on here with what becomes ready elsewhere. */
    <T> void when(CompletionStage<T> stage, BiConsumer<T, Throwable> then) {
        stage.whenComplete((made, failed) -> run(() -> then.accept(made, failed)));
    }

    @Override
    public void run(Runnable task) {
        context.nettyEventLoop().execute(() -> enter(task));
    }

    @Override
    public Runnable after(long milliseconds, Runnable task) {
        Future<?> timer = context.nettyEventLoop().schedule(() -> enter(task), milliseconds, TimeUnit.MILLISECONDS);
        return () -> timer.cancel(false);
    }
}
