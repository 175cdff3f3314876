package dev.secureprediction.sandbox.cloud;

import com.google.cloud.aiplatform.v1.DedicatedResources;
import com.google.cloud.aiplatform.v1.DeployedModel;
import com.google.cloud.aiplatform.v1.Endpoint;
import com.google.cloud.aiplatform.v1.MachineSpec;
import com.google.iam.admin.v1.Role;
import com.google.iam.admin.v1.ServiceAccount;
import com.nimbusds.jose.jwk.JWKSet;
import dev.secureprediction.sandbox.cloud.iam.Access;
import dev.secureprediction.sandbox.cloud.iam.AccessTokens;
import dev.secureprediction.sandbox.cloud.iam.Identity;
import dev.secureprediction.sandbox.cloud.iam.Policies;
import dev.secureprediction.sandbox.cloud.iam.Projects;
import dev.secureprediction.sandbox.cloud.iam.Roles;
import dev.secureprediction.sandbox.cloud.iam.ServiceAccountKeys;
import dev.secureprediction.sandbox.cloud.iam.ServiceAccounts;
import dev.secureprediction.sandbox.cloud.vertex.Deployments;
import dev.secureprediction.sandbox.cloud.vertex.Endpoints;
import dev.secureprediction.sandbox.cloud.vertex.Models;
import dev.secureprediction.sandbox.cloud.vertex.OperationKind;
import dev.secureprediction.sandbox.cloud.vertex.Operations;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/** What the cloud holds, to be read and changed past the API, as by somebody with gcloud and every right. */
public final class CloudState {
    private final CloudClock clock;
    private final Identity identity;
    private final Models models;
    private final Operations operations;
    private final Endpoints endpoints;
    private final Deployments deployments;
    private final Set<String> publisherModels;

    CloudState(CloudSeed seed, CloudClock clock, Supplier<Duration> propagation) {
        this.clock = clock;
        Projects projects = new Projects(seed.projects());
        identity = new Identity(clock, projects, propagation);
        models = new Models(projects);
        operations = new Operations(clock, projects);
        endpoints = new Endpoints(clock, projects, identity.policies(), operations);
        deployments = new Deployments(clock, endpoints, models, operations);
        publisherModels = Set.copyOf(seed.publisherModels());
        plant(seed);
    }

    private void plant(CloudSeed seed) {
        seed.accounts()
                .forEach(account -> identity.accounts()
                        .create(
                                "projects/" + account.project(),
                                account.id(),
                                ServiceAccount.newBuilder()
                                        .setDisplayName(account.displayName())
                                        .build()));
        seed.roles()
                .forEach(role -> identity.roles()
                        .create(
                                "projects/" + role.project(),
                                role.id(),
                                Role.newBuilder()
                                        .setTitle(role.id())
                                        .addAllIncludedPermissions(role.permissions())
                                        .setStage(Role.RoleLaunchStage.GA)
                                        .build()));
        seed.grants().forEach(grant -> identity.policies().grant(grant.resource(), grant.binding()));
        seed.models()
                .forEach(model -> models.register(
                        "projects/" + model.project() + "/locations/" + model.location(),
                        model.id(),
                        model.version(),
                        model.displayName(),
                        Map.of("secure-prediction-fingerprint", model.fingerprint())));
        seed.endpoints().forEach(this::serve);
    }

    private void serve(CloudSeed.Serving serving) {
        String location = "projects/" + serving.project() + "/locations/" + serving.location();
        operations.takes(OperationKind.CREATE_ENDPOINT, Duration.ZERO);
        operations.takes(OperationKind.DEPLOY_MODEL, Duration.ZERO);
        endpoints.create(
                location,
                serving.id(),
                Endpoint.newBuilder().setDisplayName(serving.id()).build());
        deployments.deploy(
                location + "/endpoints/" + serving.id(),
                DeployedModel.newBuilder()
                        .setModel(location + "/models/" + serving.model())
                        .setDedicatedResources(DedicatedResources.newBuilder()
                                .setMachineSpec(MachineSpec.newBuilder().setMachineType("n1-standard-4"))
                                .setMinReplicaCount(1))
                        .build(),
                Map.of("0", 100));
        operations.takeUsual();
    }

    /**
     * An access token, valid for an hour, for whoever a policy calls so: `user:…`, `serviceAccount:…`.
     *
     * @throws IllegalArgumentException for a service account that does not exist
     */
    public String accessToken(String principal) {
        return identity.mint(principal, Duration.ofHours(1)).value();
    }

    /**
     * Lets a workload identity pool take the tokens of an issuer.
     *
     * @param pool `PROJECT.svc.id.goog`, or `projects/N/locations/global/workloadIdentityPools/P/providers/V`
     * @param issuer exact value of the `iss` claim
     * @param keys its keys, read at each exchange
     */
    public void trustPool(String pool, String issuer, Supplier<JWKSet> keys) {
        identity.pools().trust(pool, issuer, keys);
    }

    public CloudClock clock() {
        return clock;
    }

    public Projects projects() {
        return identity.projects();
    }

    public ServiceAccounts accounts() {
        return identity.accounts();
    }

    public ServiceAccountKeys keys() {
        return identity.keys();
    }

    public Roles roles() {
        return identity.roles();
    }

    public Policies policies() {
        return identity.policies();
    }

    public Access access() {
        return identity.access();
    }

    public AccessTokens tokens() {
        return identity.tokens();
    }

    /** What ties the parts of IAM together: deleting an account renames its members everywhere. */
    public Identity identity() {
        return identity;
    }

    public Models models() {
        return models;
    }

    public Operations operations() {
        return operations;
    }

    public Endpoints endpoints() {
        return endpoints;
    }

    public Deployments deployments() {
        return deployments;
    }

    /** Whether `publishers/P/models/M` is served. */
    public boolean serves(String publisherModel) {
        return publisherModels.contains(publisherModel);
    }
}
