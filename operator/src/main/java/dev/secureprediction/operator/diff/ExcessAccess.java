package dev.secureprediction.operator.diff;

import dev.secureprediction.operator.cloud.Binding;
import dev.secureprediction.operator.cloud.Change;
import dev.secureprediction.operator.cloud.DesiredCloud;
import dev.secureprediction.operator.cloud.InvokerRole;
import dev.secureprediction.operator.cloud.ObservedCloud;
import dev.secureprediction.operator.cloud.ObservedServiceAccount;
import dev.secureprediction.operator.cloud.Ownership;
import dev.secureprediction.operator.cloud.PolicyTarget;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * A binding that gives an endpoint's account more than it needs, or gives somebody else power over it. Somebody else made
 * it, so it is reported; it is taken away only where the environment asks for that.
 *
 * @param target whose policy holds it
 * @param binding the binding
 * @param permissions what it gives beyond the wanted, sorted; empty when its role could not be read
 */
public record ExcessAccess(PolicyTarget target, Binding binding, Set<String> permissions) {

    private static final int NAMED = 3;
    private static final int LONGEST = 255;
    private static final String DELETED = "deleted:";
    private static final Comparator<ExcessAccess> ORDER = Comparator.<ExcessAccess, String>comparing(
                    excess -> excess.target().display())
            .thenComparing(excess -> excess.binding().role())
            .thenComparing(excess -> excess.binding().member());

    /** All of them, in a stable order. */
    public static List<ExcessAccess> of(DesiredCloud desired, ObservedCloud observed) {
        if (!(observed.account() instanceof ObservedServiceAccount.Present account)
                || !account.ownership().equals(Optional.of(Ownership.of(desired.owner())))) {
            return List.of();
        }
        List<ExcessAccess> found = new ArrayList<>();
        Stream.concat(
                        observed.grantPolicy().bindings().stream()
                                .filter(binding -> binding.member().equals(desired.accountMember()))
                                .filter(binding -> !binding.role().equals(desired.invokerRole()))
                                .filter(binding -> !ScreeningGrant.isWanted(desired, binding))
                                .map(binding -> new ExcessAccess(desired.grantTarget(), binding, Set.of())),
                        observed.access().elsewhere().stream()
                                .filter(held -> !held.target().equals(desired.screeningTarget())
                                        || !ScreeningGrant.isWanted(desired, held.binding()))
                                .map(held -> new ExcessAccess(held.target(), held.binding(), Set.of())))
                .map(excess -> excess.with(observed.access().roles()))
                .forEach(found::add);
        PolicyTarget onAccount = new PolicyTarget.OnAccount(account.email());
        observed.accountPolicy().bindings().stream()
                .filter(binding -> !binding.equals(desired.workloadIdentityBinding()))
                .filter(binding -> !binding.member().startsWith(DELETED))
                .forEach(binding -> found.add(new ExcessAccess(onAccount, binding, Set.of())));
        found.sort(ORDER);
        return found;
    }

    /** The change that takes it away. */
    public Change.Revoke revocation() {
        return new Change.Revoke(target, binding);
    }

    /** For people: who has what where, and what that gives. At most 255 characters. */
    public String text() {
        String what = binding.member() + " has " + binding.role() + " on " + target.display() + given();
        return what.length() <= LONGEST ? what : what.substring(0, LONGEST - 1) + "…";
    }

    private String given() {
        if (permissions.isEmpty()) {
            return "";
        }
        String named = String.join(", ", permissions.stream().limit(NAMED).toList());
        return ": " + named + (permissions.size() > NAMED ? " and " + (permissions.size() - NAMED) + " more" : "");
    }

    private ExcessAccess with(Map<String, Set<String>> roles) {
        Set<String> beyond = new TreeSet<>(roles.getOrDefault(binding.role(), Set.of()));
        if (!(target instanceof PolicyTarget.OnProject)) {
            beyond.removeAll(InvokerRole.WANTED);
        }
        return new ExcessAccess(target, binding, beyond);
    }
}
