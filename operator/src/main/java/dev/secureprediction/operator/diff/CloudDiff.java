package dev.secureprediction.operator.diff;

import dev.secureprediction.operator.cloud.Change;
import dev.secureprediction.operator.cloud.DeletionPolicy;
import dev.secureprediction.operator.cloud.DesiredCloud;
import dev.secureprediction.operator.cloud.Known;
import dev.secureprediction.operator.cloud.ObservedCloud;
import dev.secureprediction.operator.cloud.ObservedServiceAccount;
import dev.secureprediction.operator.cloud.Ownership;
import dev.secureprediction.operator.cloud.PolicyTarget;
import java.util.ArrayList;
import java.util.List;

/**
 * What to change in Google Cloud, deny first: on the way up what is too much is revoked before anything else and our own
 * access is granted last; on the way down it is revoked first.
 */
public final class CloudDiff {

    private CloudDiff() {}

    /** The way to the desired state. */
    public static CloudPlan plan(DesiredCloud desired, ObservedCloud observed) {
        return plan(desired, observed, Known.NOTHING);
    }

    /**
     * The way to the desired state.
     *
     * @param known what cannot be read in Google Cloud
     */
    public static CloudPlan plan(DesiredCloud desired, ObservedCloud observed, Known known) {
        List<Obstacle> obstacles = new ArrayList<>();
        List<Change> changes = new ArrayList<>(keys(desired, observed));
        changes.addAll(GrantDiff.foreign(desired, observed));
        changes.addAll(ScreeningGrant.unwanted(desired, observed));
        boolean accountUsable = account(desired, observed, changes, obstacles);
        EndpointDiff.Up endpoint = EndpointDiff.up(desired, observed, known);
        changes.addAll(endpoint.changes());
        obstacles.addAll(endpoint.obstacles());
        GrantDiff.role(desired, observed).ifPresent(obstacles::add);
        if (accountUsable && endpoint.mayBeCalled() && observed.role().exact()) {
            changes.addAll(GrantDiff.own(desired, observed));
        }
        // last: the operator may well be forbidden this on a project, which must not hold up the rest
        if (desired.revokeExcess()) {
            ExcessAccess.of(desired, observed).forEach(excess -> changes.add(excess.revocation()));
        }
        GrantDiff.room(desired, observed, changes).ifPresent(obstacles::add);
        return new CloudPlan(changes, obstacles, endpoint.adopts());
    }

    /** Only the changes of {@link #plan}. */
    public static List<Change> changes(DesiredCloud desired, ObservedCloud observed) {
        return plan(desired, observed).changes();
    }

    /**
     * The way to nothing, or, with {@link DeletionPolicy#Retain}, to resources that nobody reaches through us: then the
     * endpoint, its model and the account stay with their marks, so that the same endpoint can have them back, but the
     * account may invoke nothing and nobody may act as it.
     */
    public static CloudPlan removal(DesiredCloud desired, ObservedCloud observed) {
        boolean delete = desired.deletionPolicy() == DeletionPolicy.Delete;
        List<Change> changes = new ArrayList<>();
        List<Obstacle> obstacles = new ArrayList<>();
        if (!isForeign(desired, observed.account())) {
            changes.addAll(GrantDiff.revocations(desired, observed));
            changes.addAll(ScreeningGrant.all(desired, observed));
        }
        if (delete) {
            EndpointDiff.Down endpoint = EndpointDiff.down(desired, observed);
            changes.addAll(endpoint.changes());
            obstacles.addAll(endpoint.obstacles());
        }
        if (observed.account() instanceof ObservedServiceAccount.Present account && isOurs(desired, account)) {
            if (observed.accountPolicy().bindings().contains(desired.workloadIdentityBinding())) {
                changes.add(new Change.Revoke(
                        new PolicyTarget.OnAccount(account.email()), desired.workloadIdentityBinding()));
            }
            if (delete) {
                changes.add(new Change.Delete.Account(account.email()));
            }
        }
        return new CloudPlan(changes, obstacles);
    }

    /**
     * The way to nothing for what an earlier state has and the current one has elsewhere: another endpoint, project,
     * location, role or Kubernetes account. What both share stays.
     *
     * @param earlier a state that was once applied
     * @param observed what is there of the earlier state
     * @param current the state that took its place
     */
    public static CloudPlan leftover(DesiredCloud earlier, ObservedCloud observed, DesiredCloud current) {
        CloudPlan removal = removal(earlier, observed);
        List<Change> changes = removal.changes().stream()
                .filter(change -> !Shared.keeps(earlier, current, change))
                .toList();
        // an operation on what is shared is the current state's business
        return new CloudPlan(changes, Shared.endpoint(earlier, current) ? List.of() : removal.obstacles());
    }

    /** Whether {@link #leftover} could ever find anything. */
    public static boolean leavesSomething(DesiredCloud earlier, DesiredCloud current) {
        return !Shared.everything(earlier, current);
    }

    /** A gateway never uses a key, so whoever has one is not the gateway. */
    private static List<Change> keys(DesiredCloud desired, ObservedCloud observed) {
        return observed.account() instanceof ObservedServiceAccount.Present account && isOurs(desired, account)
                ? observed.access().keys().stream()
                        .map(name -> (Change) new Change.Delete.Key(account.email(), name))
                        .toList()
                : List.of();
    }

    private static boolean account(
            DesiredCloud desired, ObservedCloud observed, List<Change> changes, List<Obstacle> obstacles) {
        String email = desired.serviceAccount().email();
        switch (observed.account()) {
            case ObservedServiceAccount.Absent ignored ->
                changes.add(new Change.Create.Account(desired.serviceAccount()));
            case ObservedServiceAccount.Present present -> {
                if (!isOurs(desired, present)) {
                    obstacles.add(new Obstacle.ConflictUnmanaged("serviceAccounts/" + email));
                    return false;
                }
                if (present.disabled()) {
                    obstacles.add(new Obstacle.AccountDisabled(email));
                }
            }
        }
        if (!observed.accountPolicy().bindings().contains(desired.workloadIdentityBinding())) {
            changes.add(new Change.Grant(new PolicyTarget.OnAccount(email), desired.workloadIdentityBinding()));
        }
        return true;
    }

    private static boolean isOurs(DesiredCloud desired, ObservedServiceAccount.Present account) {
        return account.ownership().filter(Ownership.of(desired.owner())::equals).isPresent();
    }

    private static boolean isForeign(DesiredCloud desired, ObservedServiceAccount account) {
        return account instanceof ObservedServiceAccount.Present present && !isOurs(desired, present);
    }
}
