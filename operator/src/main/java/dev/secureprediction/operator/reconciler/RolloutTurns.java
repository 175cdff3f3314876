package dev.secureprediction.operator.reconciler;

import dev.secureprediction.operator.api.v1alpha1.SecurePredictionEndpoint;
import dev.secureprediction.operator.plan.EndpointKey;
import dev.secureprediction.operator.plan.RolloutMember;
import dev.secureprediction.operator.plan.RolloutPlan;
import io.javaoperatorsdk.operator.processing.event.Event;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.AbstractEventSource;
import io.javaoperatorsdk.operator.processing.event.source.ResourceEventAware;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/** Wakes the endpoints whose turn it is to get an edit of their environment, when one that has it stands or falls. */
final class RolloutTurns extends AbstractEventSource<SecurePredictionEndpoint, SecurePredictionEndpoint>
        implements ResourceEventAware<SecurePredictionEndpoint> {

    private final Function<String, Optional<RolloutPlan>> rollouts;

    /** Those that wait, by environment: in the settled state nothing is computed when a status changes. */
    private final Map<String, Set<EndpointKey>> waiting = new ConcurrentHashMap<>();

    RolloutTurns(Function<String, Optional<RolloutPlan>> rollouts) {
        super(SecurePredictionEndpoint.class, "rollout");
        this.rollouts = rollouts;
    }

    /** Remembers whether an endpoint waits for an edit. */
    void note(SecurePredictionEndpoint endpoint, boolean waits) {
        var key = EndpointPlans.key(endpoint);
        waiting.compute(environment(endpoint), (name, known) -> {
            var keys = known == null ? ConcurrentHashMap.<EndpointKey>newKeySet() : known;
            if (waits) {
                keys.add(key);
            } else {
                keys.remove(key);
            }
            return keys.isEmpty() ? null : keys;
        });
    }

    @Override
    public void onResourceUpdated(SecurePredictionEndpoint now, SecurePredictionEndpoint before) {
        if (!view(now).equals(view(before))) {
            wake(environment(now));
        }
    }

    @Override
    public void onResourceDeleted(SecurePredictionEndpoint endpoint) {
        note(endpoint, false);
        wake(environment(endpoint));
    }

    @Override
    public Set<SecurePredictionEndpoint> getSecondaryResources(SecurePredictionEndpoint primary) {
        return Set.of();
    }

    private void wake(String environment) {
        var keys = waiting.get(environment);
        if (keys == null) {
            return;
        }
        rollouts.apply(environment).map(RolloutPlan::next).orElse(Set.of()).stream()
                .filter(keys::contains)
                .forEach(key -> getEventHandler().handleEvent(new Event(new ResourceID(key.name(), key.namespace()))));
    }

    private static View view(SecurePredictionEndpoint endpoint) {
        var status = endpoint.getStatus();
        return new View(
                status == null ? "" : Objects.requireNonNullElse(status.environmentRevision(), ""),
                RolloutMember.of(endpoint, Optional.empty(), true).isReady(),
                endpoint.isMarkedForDeletion());
    }

    private static String environment(SecurePredictionEndpoint endpoint) {
        return endpoint.getSpec().environmentRef().name();
    }

    private record View(String revision, boolean ready, boolean going) {}
}
