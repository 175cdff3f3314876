package dev.secureprediction.operator.cloud.google;

import com.google.auth.oauth2.GoogleCredentials;
import dev.secureprediction.operator.cloud.Change;
import dev.secureprediction.operator.cloud.CloudException;
import dev.secureprediction.operator.cloud.CloudResources;
import dev.secureprediction.operator.cloud.CloudScope;
import dev.secureprediction.operator.cloud.DesiredCloud;
import dev.secureprediction.operator.cloud.ObservedCloud;
import dev.secureprediction.operator.cloud.Outcome;
import dev.secureprediction.operator.cloud.Preflight;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The port to Google Cloud, with Google's clients. Each scope is called as its own impersonated account, so that no one
 * credential reaches two environments.
 */
public final class GoogleCloudResources implements CloudResources, AutoCloseable {

    private static final int MAX_SCOPES = 32;
    private static final Duration IDLE = Duration.ofMinutes(20);

    /** A round of reading makes about seven calls, four of them to IAM, which takes 6,000 a minute. */
    private static final int MOST_PER_SECOND = 24;

    private static final Duration PATIENCE = Duration.ofSeconds(1);

    private final GoogleClientFactory factory;
    private final ProjectLanes lanes;
    private final PolicyTurns turns = new PolicyTurns();
    private final ClientPool<CloudScope, GoogleClients> pool;

    private GoogleCloudResources(GoogleClientFactory factory, ProjectLanes lanes) {
        this.factory = factory;
        this.lanes = lanes;
        this.pool = new ClientPool<>(MAX_SCOPES, IDLE, factory::create, GoogleClients::close, System::nanoTime);
    }

    /**
     * With the operator's own identity as Google's libraries find it: workload identity of its pod.
     *
     * @param workers how many there are; half of them may be busy with one project
     * @param registry counts calls
     */
    public static GoogleCloudResources create(int workers, MeterRegistry registry) {
        return create(GoogleCredentials::getApplicationDefault, workers, registry);
    }

    /** With an identity given by the caller. */
    static GoogleCloudResources create(
            GoogleClientFactory.Credentials ownIdentity, int workers, MeterRegistry registry) {
        return new GoogleCloudResources(
                new GoogleClientFactory(ownIdentity, new CallMetrics(registry)),
                new ProjectLanes(Math.max(workers / 2, 1), MOST_PER_SECOND, PATIENCE, System::nanoTime));
    }

    @Override
    public ObservedCloud observe(DesiredCloud desired, Optional<String> pendingOperation) {
        return lanes.reading(
                desired.scope().project(),
                () -> pool.with(
                        desired.scope(), clients -> new CloudReader(clients).observe(desired, pendingOperation)));
    }

    @Override
    public Outcome apply(DesiredCloud desired, Change change) {
        return lanes.writing(
                desired.scope().project(),
                () -> pool.with(desired.scope(), clients -> new CloudWriter(clients, turns).apply(desired, change)));
    }

    @Override
    public Preflight preflight(CloudScope scope, String invokerRole, Map<String, Set<String>> permissions) {
        try {
            return lanes.reading(
                    scope.project(),
                    () -> pool.with(scope, clients -> new PreflightCheck(clients).check(invokerRole, permissions)));
        } catch (CloudException e) {
            return new Preflight.Refused(e);
        }
    }

    @Override
    public void close() {
        pool.close();
        factory.close();
    }
}
