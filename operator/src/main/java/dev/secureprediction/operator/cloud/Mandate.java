package dev.secureprediction.operator.cloud;

import java.util.Set;

/**
 * What the operator may do about differences.
 *
 * @param mode whether it may write at all
 * @param asksFirst whether what destroys waits for an approval
 * @param approvedPlans hashes of plans that were approved
 */
public record Mandate(Mode mode, boolean asksFirst, Set<String> approvedPlans) {

    /** Everything, at once. */
    public static final Mandate FULL = new Mandate(Mode.Enforce, false, Set.of());

    /** Nothing: for those who only look. */
    public static final Mandate LOOK = new Mandate(Mode.Observe, false, Set.of());

    /** Whether it may write. */
    public enum Mode {
        /** It makes reality match. */
        Enforce,
        /** It reports what differs. */
        Observe,
        /** It was told to keep its hands off. */
        Paused
    }

    /** Keeps a copy. */
    public Mandate {
        approvedPlans = Set.copyOf(approvedPlans);
    }

    /** Whether it may write at all. */
    public boolean mayWrite() {
        return mode == Mode.Enforce;
    }

    /** Whether a change of a plan may be made. */
    public boolean allows(Change change, String planHash) {
        return mayWrite() && !(asksFirst && change.destructive() && !approvedPlans.contains(planHash));
    }
}
