package dev.secureprediction.gateway.tokens;

import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Keys that the operator carries in a file beside the policy; they do not age, since the operator renews them. */
final class CarriedKeys implements IssuerKeySource {
    private volatile KeySet keys = KeySet.EMPTY;
    private volatile Optional<Instant> replacedAt = Optional.empty();

    void replace(KeySet other, Instant now) {
        keys = other;
        replacedAt = Optional.of(now);
    }

    @Override
    public KeySet current() {
        return keys;
    }

    @Override
    public Optional<Instant> confirmedAt() {
        return replacedAt;
    }

    @Override
    public boolean attempted() {
        return true;
    }

    @Override
    public Optional<CompletableFuture<Void>> lookFor(String keyId) {
        return Optional.empty();
    }
}
