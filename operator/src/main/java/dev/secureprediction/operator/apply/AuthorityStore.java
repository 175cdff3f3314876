package dev.secureprediction.operator.apply;

import dev.secureprediction.operator.render.AuthoritySecret;
import dev.secureprediction.operator.render.SecretData;
import dev.secureprediction.operator.tls.AuthorityChain;
import dev.secureprediction.operator.tls.InvalidPemException;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.time.Clock;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The authorities of a gateway namespace, kept in a Secret there and shared by its endpoints. */
public final class AuthorityStore {

    private static final Logger LOG = LoggerFactory.getLogger(AuthorityStore.class);

    /** All endpoints of a namespace share them, and they change once in months. */
    private static final Duration FRESH = Duration.ofSeconds(10);

    private final KubernetesClient client;
    private final String installationId;
    private final Clock clock;
    private final Recent<AuthorityChain> recent = new Recent<>(FRESH, System::nanoTime);

    public AuthorityStore(KubernetesClient client, String installationId, Clock clock) {
        this.client = client;
        this.installationId = installationId;
        this.clock = clock;
    }

    /**
     * The authorities as they should be now; made or renewed where due.
     *
     * @throws InvalidPemException when the Secret was damaged
     * @throws KubernetesClientException on a refusal, or with code 409 when somebody else was quicker
     */
    synchronized AuthorityChain authorities(String namespace) throws InvalidPemException {
        var known = recent.get(namespace);
        return known.isPresent() ? known.get() : recent.note(namespace, read(namespace));
    }

    private AuthorityChain read(String namespace) throws InvalidPemException {
        var now = clock.instant();
        var secret = client.secrets()
                .inNamespace(namespace)
                .withName(AuthoritySecret.NAME)
                .get();
        if (secret == null) {
            var created = AuthorityChain.create(namespace, now);
            client.resource(AuthoritySecret.of(namespace, installationId, created))
                    .create();
            return created;
        }
        var found = AuthorityChain.read(SecretData.decoded(secret));
        var maintained = found.maintained(namespace, now);
        if (!maintained.equals(found)) {
            replace(secret, AuthoritySecret.of(namespace, installationId, maintained));
        }
        return maintained;
    }

    /** Removes them, once nobody in the namespace needs them; where the operator may not, they go with the namespace. */
    public void remove(String namespace) {
        recent.forget(namespace);
        try {
            client.secrets()
                    .inNamespace(namespace)
                    .withName(AuthoritySecret.NAME)
                    .delete();
        } catch (KubernetesClientException e) {
            if (e.getCode() != HttpURLConnection.HTTP_FORBIDDEN) {
                throw e;
            }
            LOG.info("secret {}/{} may not be removed and stays", namespace, AuthoritySecret.NAME);
        }
    }

    /** With the version that was read: of two at once, one fails and comes again. */
    private void replace(Secret read, Secret renewed) {
        renewed.getMetadata().setResourceVersion(read.getMetadata().getResourceVersion());
        client.resource(renewed).update();
    }
}
