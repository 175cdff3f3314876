package dev.secureprediction.operator.cloud;

import java.util.Optional;
import java.util.Set;

/**
 * What the operator may do about differences.
 *
 * @param mode whether it may write at all
 * @param asksFirst whether what destroys waits for an approval
 * @param approvedPlans hashes of plans that were approved
 * @param adoption what to do about an endpoint of our name that nobody marked
 */
public record Mandate(Mode mode, boolean asksFirst, Set<String> approvedPlans, Adoption adoption) {

    /** Everything, at once. */
    public static final Mandate FULL = new Mandate(Mode.Enforce, false, Set.of(), Adoption.Never);

    /** Nothing: for those who only look. */
    public static final Mandate LOOK = new Mandate(Mode.Observe, false, Set.of(), Adoption.Never);

    /** Whether it may write. */
    public enum Mode {
        /** It makes reality match. */
        Enforce,
        /** It reports what differs. */
        Observe,
        /** It was told to keep its hands off. */
        Paused
    }

    /** What to do about what nobody marked. */
    public enum Adoption {
        /** It stays untouched, and is in the way. */
        Never,
        /** What taking it over would change is told. */
        Observe,
        /** It is taken over. */
        Adopt
    }

    /** Which adopts nothing. */
    public Mandate(Mode mode, boolean asksFirst, Set<String> approvedPlans) {
        this(mode, asksFirst, approvedPlans, Adoption.Never);
    }

    /** Keeps a copy. */
    public Mandate {
        approvedPlans = Set.copyOf(approvedPlans);
    }

    /** Whether it may write at all. */
    public boolean mayWrite() {
        return mode == Mode.Enforce;
    }

    /** The same as long as nothing may be destroyed, whatever was approved. */
    public Mandate sparing() {
        return new Mandate(mode, true, Set.of(), adoption);
    }

    /** The same for somebody who only looks. */
    public Mandate looking() {
        return new Mandate(Mode.Observe, asksFirst, approvedPlans, adoption);
    }

    /**
     * Why a change of a plan is not made; empty when it may be.
     *
     * @param adopts whether the plan takes over what nobody marked: then all of it waits alike
     */
    public Optional<String> holding(Change change, String planHash, boolean adopts) {
        if (!mayWrite()) {
            return Optional.of("managementPolicy is " + mode);
        }
        if (adopts && adoption != Adoption.Adopt) {
            return Optional.of("it would be taken over, and spec.adoption is " + adoption);
        }
        if (!asksFirst || !(adopts || change.destructive()) || approvedPlans.contains(planHash)) {
            return Optional.empty();
        }
        return Optional.of(
                approvedPlans.isEmpty()
                        ? "the plan waits for an approval of its hash"
                        : "the plan that was approved is void, since what is wanted or what was found has changed;"
                                + " approve the hash in status.plan");
    }
}
