package dev.secureprediction.operator.cloud.google;

import com.google.auth.oauth2.AccessToken;
import com.google.auth.oauth2.GoogleCredentials;
import dev.secureprediction.operator.apply.CloudApplier;
import dev.secureprediction.operator.apply.CloudResult;
import dev.secureprediction.operator.cloud.ApiEndpoints;
import dev.secureprediction.operator.cloud.CloudScope;
import dev.secureprediction.operator.cloud.DeletionPolicy;
import dev.secureprediction.operator.cloud.DesiredCloud;
import dev.secureprediction.operator.cloud.DesiredDeployment;
import dev.secureprediction.operator.cloud.DesiredEndpoint;
import dev.secureprediction.operator.cloud.DesiredServiceAccount;
import dev.secureprediction.operator.cloud.InvokerGrant;
import dev.secureprediction.operator.cloud.Owner;
import dev.secureprediction.sandbox.cloud.CloudSeed;
import dev.secureprediction.sandbox.cloud.GoogleCloud;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.Optional;
import java.util.function.BiFunction;

/** A cloud of its own for one test class, and the operator's adapter to it over TLS. */
final class GoogleSandbox implements AutoCloseable {

    static final String PROJECT = "acme-ml-qa";
    static final String LOCATION = "projects/" + PROJECT + "/locations/europe-west4";
    static final String ROLE = "projects/" + PROJECT + "/roles/securePredictionInvoker";
    static final String OPERATOR = "spe-operator@" + PROJECT + ".iam.gserviceaccount.com";

    private static final String OWN_IDENTITY =
            "serviceAccount:secure-prediction-operator@acme-platform.iam.gserviceaccount.com";
    private static final int MOST_ROUNDS = 30;

    private final MeterRegistry registry = new SimpleMeterRegistry();
    private final GoogleCloud cloud;
    private final GoogleCloudResources resources;

    GoogleSandbox() {
        cloud = GoogleCloud.start(CloudTrust.AUTHORITY, CloudSeed.sandbox());
        resources = restarted();
    }

    GoogleCloud cloud() {
        return cloud;
    }

    GoogleCloudResources resources() {
        return resources;
    }

    /** The adapter of an operator that has just been started: it remembers nothing. */
    GoogleCloudResources restarted() {
        return GoogleCloudResources.create(
                () -> GoogleCredentials.create(new AccessToken(
                        cloud.state().accessToken(OWN_IDENTITY),
                        Date.from(Instant.now().plus(Duration.ofMinutes(50))))),
                32,
                registry);
    }

    /** What was counted of calls. */
    MeterRegistry calls() {
        return registry;
    }

    CloudScope scope() {
        Optional<String> here = Optional.of(cloud.authority());
        return new CloudScope(
                PROJECT, "100000000002", "europe-west4", OPERATOR, new ApiEndpoints(here, here, here, here, here));
    }

    DesiredCloud publisher(String name) {
        return desired(name, new DesiredEndpoint.None(), new InvokerGrant.OnProject(PROJECT));
    }

    DesiredCloud existing(String name, String endpointId) {
        return desired(name, new DesiredEndpoint.Existing(endpointId), new InvokerGrant.OnEndpoint(false));
    }

    DesiredCloud deployed(String name) {
        return deployed(name, version17(1, 3));
    }

    DesiredCloud deployed(String name, DesiredDeployment deployment) {
        return desired(
                name,
                new DesiredEndpoint.Created("spe-" + name, "churn-qa/" + name, Optional.empty(), deployment),
                new InvokerGrant.OnEndpoint(true));
    }

    static DesiredDeployment version17(int minReplicas, int maxReplicas) {
        return new DesiredDeployment("1234567890", "17", "9f2c41d07be85a63", "n1-standard-4", minReplicas, maxReplicas);
    }

    static DesiredDeployment version18() {
        return new DesiredDeployment("1234567890", "18", "c07d1e9a5b2f4836", "n1-standard-4", 1, 3);
    }

    private DesiredCloud desired(String name, DesiredEndpoint endpoint, InvokerGrant grant) {
        String accountId = "spe-" + name;
        return new DesiredCloud(
                scope(),
                new Owner("acme", "churn-qa", name, "uid"),
                new DesiredServiceAccount(
                        accountId, accountId + "@" + PROJECT + ".iam.gserviceaccount.com", "churn-qa/" + name),
                ROLE,
                grant,
                "serviceAccount:acme-platform.svc.id.goog[prediction-gateways-qa/" + name + "]",
                endpoint,
                DeletionPolicy.Delete);
    }

    CloudApplier applier() {
        return new CloudApplier(resources);
    }

    /** Rounds until everything is as desired. */
    CloudResult up(DesiredCloud desired) {
        return rounds(desired, applier()::converge);
    }

    /** Rounds until nothing is left to take away. */
    CloudResult down(DesiredCloud desired) {
        return rounds(desired, applier()::remove);
    }

    CloudResult rounds(DesiredCloud desired, BiFunction<DesiredCloud, Optional<String>, CloudResult> round) {
        CloudResult result = round.apply(desired, Optional.empty());
        for (int i = 0; i < MOST_ROUNDS && !result.settled(); i++) {
            operationsEnd();
            result = round.apply(desired, result.pendingOperation());
        }
        if (!result.settled()) {
            throw new AssertionError("not settled after " + MOST_ROUNDS + " rounds: " + result);
        }
        return result;
    }

    /** Lets the cloud's time pass, so that nobody waits for operations. */
    void operationsEnd() {
        cloud.state().clock().advance(Duration.ofSeconds(5));
    }

    @Override
    public void close() {
        resources.close();
        cloud.close();
    }
}
