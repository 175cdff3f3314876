package dev.secureprediction.gateway.policy;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import dev.secureprediction.policy.codec.InvalidPolicyException;
import dev.secureprediction.policy.decision.Caller;
import dev.secureprediction.policy.decision.Decision;
import dev.secureprediction.policy.decision.PolicyDecisionPoint;
import dev.secureprediction.policy.model.Action;
import dev.secureprediction.policy.model.PolicyBundle;
import dev.secureprediction.policy.model.Surface;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * Decisions of one policy, each made once for each verified token: an expression sees nothing but claims, bindings,
 * surface and action, none of which change while the token and the policy last. Safe for use by many threads.
 */
public final class Decisions {
    private static final int ACTIONS = Action.values().length;
    private static final int ALL = Surface.values().length * ACTIONS;

    private final PolicyDecisionPoint point;

    // by identity: a caller lives as long as its verified token is kept, and ends with it
    private final LoadingCache<Caller, AtomicReferenceArray<Decision>> made =
            Caffeine.newBuilder().weakKeys().executor(Runnable::run).build(caller -> new AtomicReferenceArray<>(ALL));

    private Decisions(PolicyDecisionPoint point) {
        this.point = point;
    }

    /**
     * Those of a bundle, none made yet.
     *
     * @throws InvalidPolicyException where an expression does not compile
     */
    public static Decisions of(PolicyBundle bundle) {
        return new Decisions(PolicyDecisionPoint.compile(bundle));
    }

    /** The first role of the caller's issuer that allows the action and whose expression is true applies, alone. */
    @SuppressWarnings("EnumOrdinal") // an index of an array that lives no longer than this process
    public Decision decide(Caller caller, Surface surface, Action action) {
        AtomicReferenceArray<Decision> known = made.get(caller);
        int index = surface.ordinal() * ACTIONS + action.ordinal();
        Decision decision = known.get(index);
        if (decision == null) {
            decision = point.decide(caller, surface, action);
            known.set(index, decision);
        }
        return decision;
    }
}
