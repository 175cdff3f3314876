package dev.secureprediction.operator.reconciler;

import dev.secureprediction.operator.api.v1alpha1.endpoint.SecurePredictionEndpointSpec;
import dev.secureprediction.operator.plan.EndpointKey;
import dev.secureprediction.operator.promotion.History;
import dev.secureprediction.operator.promotion.SignedRecord;
import dev.secureprediction.operator.promotion.TrustedKeys;
import dev.secureprediction.operator.resolve.PromotionView;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/** What was admitted and verified, from the caches of whoever looks. */
record PromotionCaches(
        Function<EndpointKey, History> histories,
        Function<EndpointKey, Optional<SecurePredictionEndpointSpec>> specs,
        Function<String, List<SignedRecord>> signed,
        Supplier<TrustedKeys> keys,
        Clock clock)
        implements PromotionView {

    @Override
    public History history(String namespace, String name) {
        return histories.apply(new EndpointKey(namespace, name));
    }

    @Override
    public Optional<SecurePredictionEndpointSpec> inForce(String namespace, String name) {
        return specs.apply(new EndpointKey(namespace, name));
    }

    @Override
    public List<SignedRecord> records(String application) {
        return signed.apply(application);
    }

    @Override
    public TrustedKeys ownKeys() {
        return keys.get();
    }

    @Override
    public Instant now() {
        return clock.instant();
    }
}
