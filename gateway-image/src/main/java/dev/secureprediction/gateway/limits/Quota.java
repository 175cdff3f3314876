package dev.secureprediction.gateway.limits;

import dev.secureprediction.policy.model.Limits;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * How much one key may use, in one place that counts.
 *
 * @param requestsPerMinute absent: unlimited
 * @param concurrent calls at a time; absent: unlimited
 * @param tokensPerMinute absent: unlimited
 */
public record Quota(OptionalLong requestsPerMinute, OptionalLong concurrent, OptionalLong tokensPerMinute) {

    /** All of a role's limits, for a place that counts for every pod. */
    public static Quota whole(Limits limits) {
        return share(limits, 1);
    }

    /**
     * One pod's share of a role's limits: floor(limit / pods), at least 1.
     *
     * @param pods most pods that count by themselves; at least 1
     */
    public static Quota share(Limits limits, int pods) {
        return new Quota(
                part(limits.requestsPerMinute(), pods),
                part(limits.maxConcurrent(), pods),
                part(limits.tokensPerMinute(), pods));
    }

    /** Whether calls are counted at admission. */
    public boolean limitsEntry() {
        return requestsPerMinute.isPresent() || concurrent.isPresent();
    }

    private static OptionalLong part(Optional<Long> limit, int pods) {
        return limit.isPresent() ? OptionalLong.of(Math.max(1, limit.get() / pods)) : OptionalLong.empty();
    }
}
