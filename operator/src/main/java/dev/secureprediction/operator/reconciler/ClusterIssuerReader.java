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
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * This cluster's issuer of service account tokens. Gateways hold no credential for the API server, so the operator carries its
 * keys to them.
 */
final class ClusterIssuerReader implements Supplier<Optional<ClusterIssuer>> {

    private static final Logger LOG = LoggerFactory.getLogger(ClusterIssuerReader.class);
    private static final Duration FRESH = Duration.ofMinutes(5);
    /** Without its keys no gateway can be proven. */
    private static final Duration TRIED_AGAIN = Duration.ofSeconds(5);

    private static final ObjectMapper JSON = new ObjectMapper();

    private final UnaryOperator<String> pages;
    private final Clock clock;
    private final ReentrantLock reading = new ReentrantLock();
    private volatile Reading last = new Reading(Instant.MIN, Instant.MIN, Optional.empty());

    ClusterIssuerReader(KubernetesClient client, Clock clock) {
        this(client::raw, clock);
    }

    /**
     * One that reads these pages.
     *
     * @param pages of the API server, by path; {@link KubernetesClientException} where it gives none
     */
    ClusterIssuerReader(UnaryOperator<String> pages, Clock clock) {
        this.pages = pages;
        this.clock = clock;
    }

    /** As last read; a failed reading keeps the one before. */
    @Override
    public Optional<ClusterIssuer> get() {
        if (last.holds(clock.instant())) {
            return last.issuer();
        }
        // one at a time: of a crowd that reads at once, one that fails would undo what another has read
        reading.lock();
        try {
            var now = clock.instant();
            if (!last.holds(now)) {
                var read = read();
                last = new Reading(now, now.plus(read.isPresent() ? FRESH : TRIED_AGAIN), read.or(last::issuer));
            }
            return last.issuer();
        } finally {
            reading.unlock();
        }
    }

    private Optional<ClusterIssuer> read() {
        try {
            var discovery = JSON.readTree(pages.apply("/.well-known/openid-configuration"));
            var keys = JSON.readTree(pages.apply("/openid/v1/jwks"));
            var url = discovery.path("issuer").textValue();
            return url == null || !keys.path("keys").isArray()
                    ? Optional.empty()
                    : Optional.of(new ClusterIssuer(url, keys));
        } catch (KubernetesClientException | JsonProcessingException | IllegalArgumentException e) {
            LOG.warn("the cluster's token issuer cannot be read: {}", e.getMessage());
            return Optional.empty();
        }
    }

    private record Reading(Instant at, Instant until, Optional<ClusterIssuer> issuer) {

        /** Not where the clock was set back since: nobody knows how long ago it was read. */
        boolean holds(Instant now) {
            return !now.isBefore(at) && now.isBefore(until);
        }
    }
}
