package dev.secureprediction.operator.diff;

import dev.secureprediction.operator.cloud.Change;
import dev.secureprediction.operator.cloud.CloudScope;
import dev.secureprediction.operator.cloud.DesiredCloud;
import dev.secureprediction.operator.cloud.DesiredEndpoint;
import dev.secureprediction.operator.cloud.InvokerGrant;

/** What two desired states of one endpoint have in common. */
final class Shared {

    private Shared() {}

    /** Whether a change that takes away the earlier state would take something from the current one. */
    static boolean keeps(DesiredCloud earlier, DesiredCloud current, Change change) {
        return switch (change) {
            case Change.Delete.Key ignored -> account(earlier, current);
            case Change.Delete.Account ignored -> account(earlier, current);
            case Change.Delete ignored -> endpoint(earlier, current);
            case Change.Update ignored -> endpoint(earlier, current);
            case Change.Revoke revoke ->
                switch (revoke.binding().role()) {
                    case DesiredCloud.WORKLOAD_IDENTITY_ROLE ->
                        account(earlier, current) && workloadIdentity(earlier, current);
                    case DesiredCloud.MODEL_ARMOR_ROLE -> account(earlier, current) && screening(earlier, current);
                    default -> grant(earlier, current);
                };
            case Change.Grant ignored -> true;
            case Change.Create ignored -> true;
        };
    }

    static boolean everything(DesiredCloud earlier, DesiredCloud current) {
        return account(earlier, current)
                && workloadIdentity(earlier, current)
                && grant(earlier, current)
                && (!earlier.screens() || screening(earlier, current))
                && (endpoint(earlier, current) || !(earlier.endpoint() instanceof DesiredEndpoint.Created));
    }

    static boolean endpoint(DesiredCloud earlier, DesiredCloud current) {
        return location(earlier).equals(location(current))
                && id(earlier.endpoint()).equals(id(current.endpoint()))
                && earlier.endpoint().getClass() == current.endpoint().getClass();
    }

    private static boolean account(DesiredCloud earlier, DesiredCloud current) {
        return earlier.serviceAccount().email().equals(current.serviceAccount().email());
    }

    private static boolean workloadIdentity(DesiredCloud earlier, DesiredCloud current) {
        return earlier.workloadIdentityMember().equals(current.workloadIdentityMember());
    }

    private static boolean grant(DesiredCloud earlier, DesiredCloud current) {
        boolean samePlace = earlier.grantTarget().equals(current.grantTarget())
                && (earlier.grant() instanceof InvokerGrant.OnProject
                        || location(earlier).equals(location(current)));
        return samePlace && earlier.invokerBinding().equals(current.invokerBinding());
    }

    /** What is no longer wanted in the same place, the current state takes away itself. */
    private static boolean screening(DesiredCloud earlier, DesiredCloud current) {
        return earlier.screeningTarget().equals(current.screeningTarget());
    }

    private static String location(DesiredCloud desired) {
        CloudScope scope = desired.scope();
        return scope.project() + "/" + scope.location();
    }

    private static String id(DesiredEndpoint endpoint) {
        return switch (endpoint) {
            case DesiredEndpoint.None ignored -> "";
            case DesiredEndpoint.Existing existing -> existing.endpointId();
            case DesiredEndpoint.Created created -> created.endpointId();
        };
    }
}
