package dev.secureprediction.operator.apply;

import dev.secureprediction.operator.cloud.Difference;
import dev.secureprediction.operator.plan.DesiredState;
import dev.secureprediction.operator.plan.EndpointKey;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Secret;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Which gateways stood as wanted: only of these a difference is somebody else's doing. Known since this process leads; what
 * changed before is put right without a word.
 */
public final class StandingGateways {

    private final Map<EndpointKey, Integer> standing = new ConcurrentHashMap<>();

    /** What somebody else changed, of all that differed; then remembers that the gateway stands, if it does. */
    public List<Difference> drift(DesiredState state, GatewayApplied applied) {
        if (!applied.complete() || applied.objects().isEmpty()) {
            return List.of();
        }
        // certificates are renewed by us, and are no part of what stands still
        int wanted = applied.objects().stream()
                .filter(object -> !(object instanceof Secret)
                        && !object.getMetadata().getName().endsWith("-record"))
                .map(HasMetadata::toString)
                .toList()
                .hashCode();
        Integer before = standing.put(state.key(), wanted);
        return before != null && before == wanted
                ? applied.differences().stream()
                        .filter(difference -> !difference.observed().equals("changed"))
                        .toList()
                : List.of();
    }

    /** It is gone. */
    public void forget(EndpointKey key) {
        standing.remove(key);
    }
}
