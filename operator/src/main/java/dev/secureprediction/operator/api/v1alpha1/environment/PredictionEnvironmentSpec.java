package dev.secureprediction.operator.api.v1alpha1.environment;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.secureprediction.operator.api.v1alpha1.Absent;
import dev.secureprediction.operator.api.v1alpha1.ApiObject;
import dev.secureprediction.operator.api.v1alpha1.Defaults;
import dev.secureprediction.operator.api.v1alpha1.Formats;
import dev.secureprediction.operator.api.v1alpha1.ManagementPolicy;
import dev.secureprediction.operator.api.v1alpha1.Revoked;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One environment: its Google Cloud project, whom it trusts, and what application teams may do in it. */
@ApiObject
@ValidationRule(
        value =
                "!has(self.promotion) || !has(self.promotion.gate) || self.promotion.gate != 'Verified' || has(self.promotesFrom)",
        message =
                "spec.promotion.gate: Verified needs an environment before this one; set spec.promotesFrom or gate None")
public record PredictionEnvironmentSpec(
        @JsonPropertyDescription(
                "Namespace of gateways, their accounts and policies. Application teams have no rights in it. On GKE its name should carry the installation, since a pool's identities are namespace/name for every cluster of the project. Immutable.")
        @Required
        @Size(min = 1, max = 63)
        @Pattern(Formats.DNS_LABEL)
        @ValidationRule(
                value = "self == oldSelf",
                message =
                        "spec.gatewayNamespace is immutable, since running gateways live in it; make a new environment and move the endpoints")
        String gatewayNamespace,

        @JsonPropertyDescription(
                "Key of the namespace label that says whose a namespace is; only the platform team may set it. Default: secureprediction.dev/team.")
        @Nullable
        @Size(min = 1, max = 316)
        @Pattern(Formats.LABEL_KEY)
        String tenantLabel,

        @JsonPropertyDescription("The environment that contracts come from; absent for the first of a chain.") @Nullable
        PromotesFrom promotesFrom,

        @JsonPropertyDescription("The Google Cloud project and how to reach it.") @Required
        GoogleSettings google,

        @JsonPropertyDescription(
                "Token issuers that gateways trust. Two environments of one chain may not share an issuer with the same audience.")
        @Required
        @Size(min = 1, max = 16)
        @ValidationRule(
                value = "self.all(i, self.exists_one(j, j.name == i.name))",
                message = "spec.issuers: names must be unique, since roles refer to them; rename one")
        @ValidationRule(
                value =
                        "self.all(i, self.filter(j, j.url == i.url && j.audiences.exists(a, i.audiences.exists(b, a == b))).size() <= 1)",
                message =
                        "spec.issuers: an issuer with one of its audiences may be listed once, else a token would have two names; join the entries")
        List<IssuerSpec> issuers,

        @JsonPropertyDescription("Grants to application teams; one of them must cover an endpoint whole.")
        @Required
        @Size(min = 1, max = 64)
        List<Grant> allow,

        @JsonPropertyDescription("What every endpoint here gets or must keep; along a chain it may only get stricter.")
        @Nullable
        Requirements require,

        @JsonPropertyDescription("How gateways are run.") @Nullable
        GatewaySettings gateway,

        @JsonPropertyDescription("When a contract counts as verified here.") @Nullable
        RecordSettings verification,

        @JsonPropertyDescription("What a contract needs before it is admitted here.") @Nullable
        Promotion promotion,

        @JsonPropertyDescription(
                "Enforce makes reality match; Observe reports only; Paused changes nothing. For everything in the environment. Default: Enforce.")
        @Nullable
        ManagementPolicy managementPolicy,

        @JsonPropertyDescription("How often cloud state is read again.") @Nullable
        Drift drift,

        @JsonPropertyDescription("How an edit to this environment reaches its endpoints.") @Nullable
        Rollout rollout,

        @JsonPropertyDescription("Contracts admitted past the gate, until they expire.") @Size(max = 64)
        List<GateException> exceptions,

        @JsonPropertyDescription("Plans that the platform team approves.") @Size(max = 64)
        List<PlanApproval> approvals,

        @JsonPropertyDescription("Callers and tokens refused by every gateway of the environment, in seconds.")
        @Nullable
        Revoked revoked,

        @JsonPropertyDescription("Quotas of the project that differ from Google's usual ones.") @Nullable
        Quotas quotas) {
    public PredictionEnvironmentSpec {
        issuers = Absent.list(issuers);
        allow = Absent.list(allow);
        exceptions = Absent.list(exceptions);
        approvals = Absent.list(approvals);
    }

    /** The namespace label that says whose a namespace is. */
    public String tenantLabelOrDefault() {
        return tenantLabel == null ? Defaults.TENANT_LABEL : tenantLabel;
    }
    /** Requirements; none where absent. */
    public Requirements requireOrDefault() {
        return require == null ? Requirements.NONE : require;
    }
    /** Settings of gateways; all defaults where absent. */
    public GatewaySettings gatewayOrDefault() {
        return gateway == null ? GatewaySettings.DEFAULT : gateway;
    }
    /** The policy for everything in the environment. */
    public ManagementPolicy managementPolicyOrDefault() {
        return managementPolicy == null ? ManagementPolicy.Enforce : managementPolicy;
    }
    /** How often cloud state is read again, in seconds, before jitter. */
    public int driftIntervalSecondsOrDefault() {
        return drift == null || drift.intervalSeconds() == null
                ? Defaults.DRIFT_INTERVAL_SECONDS
                : drift.intervalSeconds();
    }
    /** The same with other requirements. */
    public PredictionEnvironmentSpec withRequire(Requirements other) {
        return new PredictionEnvironmentSpec(
                gatewayNamespace,
                tenantLabel,
                promotesFrom,
                google,
                issuers,
                allow,
                other,
                gateway,
                verification,
                promotion,
                managementPolicy,
                drift,
                rollout,
                exceptions,
                approvals,
                revoked,
                quotas);
    }

    /** What the project may hold; Google's usual where absent. */
    public Quotas quotasOrDefault() {
        return quotas == null ? Quotas.DEFAULT : quotas;
    }

    /** Who is refused everywhere; nobody where absent. */
    public Revoked revokedOrNone() {
        return revoked == null ? Revoked.NONE : revoked;
    }
}
