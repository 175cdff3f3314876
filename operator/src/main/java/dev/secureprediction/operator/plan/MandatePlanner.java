package dev.secureprediction.operator.plan;

import dev.secureprediction.operator.api.v1alpha1.ManagementPolicy;
import dev.secureprediction.operator.api.v1alpha1.PredictionEnvironment;
import dev.secureprediction.operator.api.v1alpha1.SecurePredictionEndpoint;
import dev.secureprediction.operator.api.v1alpha1.endpoint.Adoption;
import dev.secureprediction.operator.api.v1alpha1.environment.ApprovalBy;
import dev.secureprediction.operator.cloud.Mandate;
import java.util.HashSet;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What endpoint and environment together let the operator do: the stricter of both. */
public final class MandatePlanner {

    private MandatePlanner() {}

    /**
     * Their common mandate.
     *
     * @param environment absent when it is gone: then the endpoint's alone
     */
    public static Mandate plan(SecurePredictionEndpoint endpoint, Optional<PredictionEnvironment> environment) {
        Mandate.Mode own = mode(endpoint.getSpec().managementPolicyOrDefault());
        Mandate.Mode everybodys = environment
                .map(found -> mode(found.getSpec().managementPolicyOrDefault()))
                .orElse(Mandate.Mode.Enforce);
        ApprovalBy approval = environment
                .map(found -> found.getSpec().requireOrDefault().approval())
                .orElse(ApprovalBy.None);
        Set<String> approved = new HashSet<>();
        environment.ifPresent(found -> found.getSpec().approvals().stream()
                .filter(entry -> entry.namespace().equals(endpoint.getMetadata().getNamespace())
                        && entry.name().equals(endpoint.getMetadata().getName()))
                .forEach(entry -> approved.add(entry.planHash())));
        String byOwner = endpoint.getSpec().approvedPlanHash();
        if (approval == ApprovalBy.Owner && byOwner != null && !byOwner.isEmpty()) {
            approved.add(byOwner);
        }
        return new Mandate(
                own.compareTo(everybodys) >= 0 ? own : everybodys,
                Objects.requireNonNullElse(approval, ApprovalBy.None) != ApprovalBy.None,
                approved,
                adoption(endpoint.getSpec().adoption()));
    }

    private static Mandate.Adoption adoption(@Nullable Adoption asked) {
        return switch (asked) {
            case Observe -> Mandate.Adoption.Observe;
            case Adopt -> Mandate.Adoption.Adopt;
            case Never -> Mandate.Adoption.Never;
            case null -> Mandate.Adoption.Never;
        };
    }

    private static Mandate.Mode mode(ManagementPolicy policy) {
        return switch (policy) {
            case Enforce -> Mandate.Mode.Enforce;
            case Observe -> Mandate.Mode.Observe;
            case Paused -> Mandate.Mode.Paused;
        };
    }
}
