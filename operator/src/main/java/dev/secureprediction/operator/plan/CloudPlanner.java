package dev.secureprediction.operator.plan;

import dev.secureprediction.operator.api.v1alpha1.Defaults;
import dev.secureprediction.operator.api.v1alpha1.DeletionPolicy;
import dev.secureprediction.operator.api.v1alpha1.endpoint.PlacementEndpoint;
import dev.secureprediction.operator.api.v1alpha1.endpoint.SecurePredictionEndpointSpec;
import dev.secureprediction.operator.api.v1alpha1.environment.GkeIdentity;
import dev.secureprediction.operator.api.v1alpha1.environment.GoogleSettings;
import dev.secureprediction.operator.api.v1alpha1.environment.PredictionEnvironmentSpec;
import dev.secureprediction.operator.api.v1alpha1.environment.Requirements;
import dev.secureprediction.operator.cloud.CloudScope;
import dev.secureprediction.operator.cloud.DesiredCloud;
import dev.secureprediction.operator.cloud.DesiredDeployment;
import dev.secureprediction.operator.cloud.DesiredEndpoint;
import dev.secureprediction.operator.cloud.DesiredServiceAccount;
import dev.secureprediction.operator.cloud.InvokerGrant;
import dev.secureprediction.operator.cloud.Owner;
import dev.secureprediction.operator.plan.EffectiveValue.Origin;
import dev.secureprediction.operator.resolve.Resolution;
import dev.secureprediction.operator.resolve.WantedModel;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** What should exist in Google Cloud. */
final class CloudPlanner {

    private static final int ACCOUNT_DISPLAY_LENGTH = 100;
    private static final int ENDPOINT_DISPLAY_LENGTH = 128;

    private final Resolution.Resolved resolved;
    private final EndpointKey key;
    private final Names names;
    private final PredictionEnvironmentSpec environment;
    private final GoogleSettings google;
    private final SecurePredictionEndpointSpec spec;
    private final EffectiveValues effective;

    CloudPlanner(Resolution.Resolved resolved, EndpointKey key, Names names, EffectiveValues effective) {
        this.resolved = resolved;
        this.key = key;
        this.names = names;
        this.environment = resolved.environment().getSpec();
        this.google = environment.google();
        this.spec = resolved.inputs().endpoint().getSpec();
        this.effective = effective;
    }

    DesiredCloud plan() {
        var scope = new CloudScope(
                google.project(),
                Objects.requireNonNullElse(google.projectNumber(), ""),
                resolved.location(),
                google.operatorServiceAccount(),
                new GoogleAddresses(google).replaced());
        return new DesiredCloud(
                scope,
                new Owner(
                        resolved.inputs().installation().id(),
                        key.namespace(),
                        key.name(),
                        Objects.requireNonNullElse(
                                resolved.inputs().endpoint().getMetadata().getUid(), "")),
                new DesiredServiceAccount(names.accountId(), email(), display(ACCOUNT_DISPLAY_LENGTH)),
                invokerRole(),
                grant(),
                workloadIdentityMember(),
                endpoint(),
                deletionPolicy(),
                screens(),
                environment.requireOrDefault().revokesExcess());
    }

    /** Of the gateway's account, which always lives in the environment's own project. */
    String email() {
        return names.accountId() + "@" + google.project() + ".iam.gserviceaccount.com";
    }

    /** The project that calls are made in and billed to. */
    String callProject() {
        return resolved.model() instanceof WantedModel.Publisher
                ? google.publisherProjectOrDefault()
                : google.project();
    }

    /** A project's custom role can be bound in that project alone. */
    private String invokerRole() {
        return google.invokerRole() == null ? Defaults.invokerRole(callProject()) : google.invokerRole();
    }

    private InvokerGrant grant() {
        return switch (resolved.model()) {
            case WantedModel.Publisher ignored -> new InvokerGrant.OnProject(callProject());
            case WantedModel.Deployed ignored -> new InvokerGrant.OnEndpoint(true);
            case WantedModel.Existing ignored -> new InvokerGrant.OnEndpoint(false);
        };
    }

    private boolean screens() {
        return Stream.concat(
                        environment.requireOrDefault().guardrails().stream(), spec.contract().guardrails().stream())
                .anyMatch(guardrail -> guardrail.modelArmor() != null);
    }

    private String workloadIdentityMember() {
        String namespace = environment.gatewayNamespace();
        GkeIdentity gke = google.workloadIdentity().gke();
        return gke != null
                ? "serviceAccount:" + gke.pool() + "[" + namespace + "/" + names.gateway() + "]"
                : new GoogleAddresses(google)
                        .federatedMember(
                                Objects.requireNonNull(
                                        google.workloadIdentity().federation(), "the schema asks for one of both"),
                                namespace,
                                names.gateway());
    }

    private DesiredEndpoint endpoint() {
        return switch (resolved.model()) {
            case WantedModel.Publisher ignored -> new DesiredEndpoint.None();
            case WantedModel.Existing existing -> new DesiredEndpoint.Existing(existing.endpointId());
            case WantedModel.Deployed deployed -> created(deployed);
        };
    }

    private DesiredEndpoint created(WantedModel.Deployed model) {
        Requirements floors = environment.requireOrDefault();
        PlacementEndpoint asked = spec.placementOrDefault().endpointOrDefault();
        int min = effective.atLeast(
                "placement.endpoint.minReplicas",
                asked.minReplicas(),
                floors.endpointMinReplicas(),
                Defaults.ENDPOINT_MIN_REPLICAS);
        int max = effective.atLeast("placement.endpoint.maxReplicas", asked.maxReplicas(), min, min);
        String machineType = effective.choose(
                "placement.endpoint.machineType", asked.machineType(), Optional.empty(), Defaults.MACHINE_TYPE);
        Optional<String> encryptionKey = Optional.ofNullable(floors.encryptionKey());
        encryptionKey.ifPresent(value -> effective.note("encryptionKey", value, Origin.Environment));
        return new DesiredEndpoint.Created(
                names.endpointId(),
                display(ENDPOINT_DISPLAY_LENGTH),
                encryptionKey,
                new DesiredDeployment(model.id(), model.version(), model.fingerprint(), machineType, min, max));
    }

    private dev.secureprediction.operator.cloud.DeletionPolicy deletionPolicy() {
        DeletionPolicy floor = environment.requireOrDefault().deletionPolicy();
        DeletionPolicy asked = spec.deletionPolicy();
        DeletionPolicy policy = asked == DeletionPolicy.Delete && floor == DeletionPolicy.Retain
                ? effective.note("deletionPolicy", floor, Origin.Floor)
                : effective.choose("deletionPolicy", asked, Optional.ofNullable(floor), Defaults.DELETION_POLICY);
        return switch (policy) {
            case Delete -> dev.secureprediction.operator.cloud.DeletionPolicy.Delete;
            case Retain -> dev.secureprediction.operator.cloud.DeletionPolicy.Retain;
        };
    }

    private String display(int length) {
        String text = "Secure prediction " + key;
        return text.substring(0, Math.min(length, text.length()));
    }
}
