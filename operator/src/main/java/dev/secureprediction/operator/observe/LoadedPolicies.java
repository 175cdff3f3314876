package dev.secureprediction.operator.observe;

import dev.secureprediction.operator.plan.EndpointKey;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Which pods were seen with the wanted policy: one that has another afterwards did not get that from the operator. */
final class LoadedPolicies {

    private final Map<EndpointKey, Seen> seen = new ConcurrentHashMap<>();

    /** Notes that a pod has the wanted policy; says whether it had it before and has another now. */
    boolean isAltered(EndpointKey key, String pod, String wanted, String found) {
        // with another policy it begins anew: a pod may be late with the one before
        Set<String> pods = seen.compute(
                        key,
                        (ignored, known) -> known != null && known.policy().equals(wanted)
                                ? known
                                : new Seen(wanted, ConcurrentHashMap.newKeySet()))
                .pods();
        if (found.equals(wanted)) {
            pods.add(pod);
            return false;
        }
        return pods.contains(pod);
    }

    /** Forgets pods that are gone. */
    void retain(EndpointKey key, Collection<String> pods) {
        Seen known = seen.get(key);
        if (known != null) {
            known.pods().retainAll(pods);
        }
    }

    /** An endpoint is gone. */
    void forget(EndpointKey key) {
        seen.remove(key);
    }

    private record Seen(String policy, Set<String> pods) {}
}
