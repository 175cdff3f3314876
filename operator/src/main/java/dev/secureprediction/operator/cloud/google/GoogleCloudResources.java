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

    private final GoogleClientFactory factory;
    private final ClientPool<CloudScope, GoogleClients> pool;

    private GoogleCloudResources(GoogleClientFactory factory) {
        this.factory = factory;
        this.pool = new ClientPool<>(MAX_SCOPES, IDLE, factory::create, GoogleClients::close, System::nanoTime);
    }

    /** With the operator's own identity as Google's libraries find it: workload identity of its pod. */
    public static GoogleCloudResources create() {
        return create(GoogleCredentials::getApplicationDefault);
    }

    /** With an identity given by the caller. */
    static GoogleCloudResources create(GoogleClientFactory.Credentials ownIdentity) {
        return new GoogleCloudResources(new GoogleClientFactory(ownIdentity));
    }

    @Override
    public ObservedCloud observe(DesiredCloud desired, Optional<String> pendingOperation) {
        return pool.with(desired.scope(), clients -> new CloudReader(clients).observe(desired, pendingOperation));
    }

    @Override
    public Outcome apply(DesiredCloud desired, Change change) {
        return pool.with(desired.scope(), clients -> new CloudWriter(clients).apply(desired, change));
    }

    @Override
    public Preflight preflight(CloudScope scope, String invokerRole, Map<String, Set<String>> permissions) {
        try {
            return pool.with(scope, clients -> new PreflightCheck(clients).check(invokerRole, permissions));
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
