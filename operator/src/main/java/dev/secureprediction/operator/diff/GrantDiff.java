package dev.secureprediction.operator.diff;

import dev.secureprediction.operator.cloud.Binding;
import dev.secureprediction.operator.cloud.Change;
import dev.secureprediction.operator.cloud.DesiredCloud;
import dev.secureprediction.operator.cloud.InvokerGrant;
import dev.secureprediction.operator.cloud.ObservedCloud;
import dev.secureprediction.operator.cloud.ObservedEndpoint;
import dev.secureprediction.operator.cloud.Ownership;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** The invoker role where it is granted: ours alone on endpoints we made, elsewhere just our own member. */
final class GrantDiff {

    private static final Comparator<Binding> ORDER = Comparator.comparing(Binding::role)
            .thenComparing(Binding::member)
            .thenComparing(b -> b.condition().map(Binding.Condition::expression).orElse(""));

    private GrantDiff() {}

    /** What stands in the way of granting. */
    static Optional<Obstacle> role(DesiredCloud desired, ObservedCloud observed) {
        return observed.role().exact()
                ? Optional.empty()
                : Optional.of(new Obstacle.RoleUnfit(
                        desired.invokerRole(),
                        observed.role().excess(),
                        observed.role().missing()));
    }

    /** Our own bindings, where they are missing. */
    static List<Change> own(DesiredCloud desired, ObservedCloud observed) {
        List<Change> missing = new ArrayList<>(ScreeningGrant.missing(desired, observed));
        if (!observed.grantPolicy().bindings().contains(desired.invokerBinding())) {
            missing.add(new Change.Grant(desired.grantTarget(), desired.invokerBinding()));
        }
        return missing;
    }

    /** Others' bindings of the invoker role on an endpoint of ours, and what deleted accounts of ours left anywhere. */
    static List<Change> foreign(DesiredCloud desired, ObservedCloud observed) {
        boolean authoritative = desired.grant() instanceof InvokerGrant.OnEndpoint grant
                && grant.authoritative()
                && observed.endpoint() instanceof ObservedEndpoint.Present endpoint
                && endpoint.ownership()
                        .filter(Ownership.of(desired.owner())::equals)
                        .isPresent();
        return revoke(
                desired,
                observed,
                b -> authoritative
                        ? !b.equals(desired.invokerBinding())
                        : isRemnant(desired, b.member()) || isAltered(desired, b));
    }

    /** All bindings of our account, and of deleted ones of the same e-mail. */
    static List<Change> revocations(DesiredCloud desired, ObservedCloud observed) {
        return revoke(
                desired, observed, b -> b.member().equals(desired.accountMember()) || isRemnant(desired, b.member()));
    }

    private static List<Change> revoke(DesiredCloud desired, ObservedCloud observed, Predicate<Binding> which) {
        return observed.grantPolicy().bindings().stream()
                .filter(b -> b.role().equals(desired.invokerRole()))
                .filter(which)
                .sorted(ORDER)
                .map(b -> (Change) new Change.Revoke(desired.grantTarget(), b))
                .toList();
    }

    /** Our own member, under a condition that we never set. */
    private static boolean isAltered(DesiredCloud desired, Binding binding) {
        return binding.member().equals(desired.accountMember()) && !binding.equals(desired.invokerBinding());
    }

    /** Whether the policy to be extended is full, which Google would say in other words. Takes such a change back. */
    static Optional<Obstacle> room(DesiredCloud desired, ObservedCloud observed, List<Change> changes) {
        boolean full = !observed.grantPolicy().hasRoom() && changes.removeAll(own(desired, observed));
        return full
                ? Optional.of(new Obstacle.PolicyFull(
                        desired.grantTarget().display(), observed.grantPolicy().principals()))
                : Optional.empty();
    }

    /** A deleted account's bindings read `deleted:serviceAccount:EMAIL?uid=N`. */
    private static boolean isRemnant(DesiredCloud desired, String member) {
        return member.startsWith("deleted:" + desired.accountMember() + "?uid=");
    }
}
