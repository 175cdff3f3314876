package dev.secureprediction.cli.quickstart;

import com.linecorp.armeria.common.HttpData;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;

/** Reads a body and notes when each part of it arrived. */
final class Arrivals implements Subscriber<HttpData> {

    private final long started;
    private final int status;
    private final List<Duration> times = new ArrayList<>();
    private final StringBuilder text = new StringBuilder();
    private final CompletableFuture<Answer> answer = new CompletableFuture<>();

    Arrivals(long startedNanos, int status) {
        this.started = startedNanos;
        this.status = status;
    }

    /** The whole answer, once it has ended. */
    Answer join() {
        return answer.join();
    }

    @Override
    public void onSubscribe(Subscription subscription) {
        subscription.request(Long.MAX_VALUE);
    }

    @Override
    public void onNext(HttpData part) {
        if (!part.isEmpty()) {
            times.add(Duration.ofNanos(System.nanoTime() - started));
            text.append(part.toStringUtf8());
        }
    }

    @Override
    public void onError(Throwable problem) {
        answer.completeExceptionally(problem);
    }

    @Override
    public void onComplete() {
        answer.complete(new Answer(status, text.toString(), times));
    }
}
