package dev.secureprediction.gateway.credential;

import dev.secureprediction.policy.model.Credential;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The credential of the policy in force; a new policy with the same credential keeps the token. */
public final class UpstreamCredential implements AutoCloseable {
    private final Function<Credential, TokenSource> sources;
    private final ScheduledExecutorService timer;
    private final Clock clock;

    private volatile @Nullable Held held;

    private record Held(Credential credential, FreshToken token) {}

    public UpstreamCredential(Function<Credential, TokenSource> sources, ScheduledExecutorService timer, Clock clock) {
        this.sources = sources;
        this.timer = timer;
        this.clock = clock;
    }

    /** The token for this credential. */
    public FreshToken of(Credential credential) {
        Held now = held;
        return now != null && now.credential().equals(credential) ? now.token() : replace(credential);
    }

    private synchronized FreshToken replace(Credential credential) {
        Optional<Held> now = Optional.ofNullable(held);
        if (now.filter(same -> same.credential().equals(credential)).isPresent()) {
            return now.get().token();
        }
        now.ifPresent(before -> before.token().close());
        FreshToken token = new FreshToken(sources.apply(credential), timer, clock);
        held = new Held(credential, token);
        return token;
    }

    @Override
    public synchronized void close() {
        Optional.ofNullable(held).ifPresent(now -> now.token().close());
    }
}
