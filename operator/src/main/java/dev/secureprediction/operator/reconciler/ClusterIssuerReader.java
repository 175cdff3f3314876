package dev.secureprediction.operator.reconciler;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.secureprediction.operator.resolve.ClusterIssuer;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * This cluster's issuer of service account tokens. Gateways hold no credential for the API server, so the operator carries its
 * keys to them.
 */
final class ClusterIssuerReader implements Supplier<Optional<ClusterIssuer>> {

    private static final Logger LOG = LoggerFactory.getLogger(ClusterIssuerReader.class);
    private static final Duration FRESH = Duration.ofMinutes(5);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final KubernetesClient client;
    private final Clock clock;
    private final AtomicReference<Reading> last = new AtomicReference<>(new Reading(Instant.MIN, Optional.empty()));

    ClusterIssuerReader(KubernetesClient client, Clock clock) {
        this.client = client;
        this.clock = clock;
    }

    /** As last read; a failed reading keeps the one before. */
    @Override
    public Optional<ClusterIssuer> get() {
        var now = clock.instant();
        var known = last.get();
        if (now.isBefore(known.until())) {
            return known.issuer();
        }
        var reading = new Reading(now.plus(FRESH), read().or(known::issuer));
        last.set(reading);
        return reading.issuer();
    }

    private Optional<ClusterIssuer> read() {
        try {
            var discovery = JSON.readTree(client.raw("/.well-known/openid-configuration"));
            var keys = JSON.readTree(client.raw("/openid/v1/jwks"));
            var url = discovery.path("issuer").textValue();
            return url == null || !keys.path("keys").isArray()
                    ? Optional.empty()
                    : Optional.of(new ClusterIssuer(url, keys));
        } catch (KubernetesClientException | JsonProcessingException | IllegalArgumentException e) {
            LOG.warn("the cluster's token issuer cannot be read: {}", e.getMessage());
            return Optional.empty();
        }
    }

    private record Reading(Instant until, Optional<ClusterIssuer> issuer) {}
}
