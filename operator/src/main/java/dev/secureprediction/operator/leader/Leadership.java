package dev.secureprediction.operator.leader;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.extended.leaderelection.LeaderCallbacks;
import io.javaoperatorsdk.operator.api.config.LeaderElectionConfiguration;
import io.javaoperatorsdk.operator.api.config.LeaderElectionConfigurationBuilder;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The lease that one of several replicas holds. The framework keeps it until it runs out; here it is handed over on a wanted end,
 * so that the next replica works within seconds.
 */
public final class Leadership {

    private static final Logger LOG = LoggerFactory.getLogger(Leadership.class);
    private static final String LEASE = "secure-prediction-operator";
    private static final Duration LEASE_DURATION = Duration.ofSeconds(15);
    private static final Duration RENEW_DEADLINE = Duration.ofSeconds(10);
    private static final Duration RETRY_PERIOD = Duration.ofSeconds(2);

    private final String namespace;
    private final String identity;
    private final AtomicBoolean stopping = new AtomicBoolean();
    private final AtomicBoolean leading = new AtomicBoolean();

    private Leadership(String namespace, String identity) {
        this.namespace = namespace;
        this.identity = identity;
    }

    /** For the replica in this pod; a restarted container is another holder. */
    public static Leadership of(String namespace, String podName) {
        return new Leadership(
                namespace, podName + "-" + UUID.randomUUID().toString().substring(0, 8));
    }

    /** For the framework. */
    public LeaderElectionConfiguration configuration() {
        return LeaderElectionConfigurationBuilder.aLeaderElectionConfiguration(LEASE)
                .withLeaseNamespace(namespace)
                .withIdentity(identity)
                .withLeaseDuration(LEASE_DURATION)
                .withRenewDeadline(RENEW_DEADLINE)
                .withRetryPeriod(RETRY_PERIOD)
                .withExitOnStopLeading(false) // its System.exit inside a shutdown hook never returns
                .withLeaderCallbacks(new LeaderCallbacks(
                        this::started, this::stopped, holder -> LOG.info("the leader is {}", holder)))
                .build();
    }

    /** From here on the end of leadership is wanted. */
    public void stopping() {
        stopping.set(true);
    }

    /** Lets the next replica take the lease at once. */
    public void release(KubernetesClient client) {
        try {
            var lease = client.leases().inNamespace(namespace).withName(LEASE);
            var held = lease.get();
            if (held == null || !identity.equals(held.getSpec().getHolderIdentity())) {
                return;
            }
            held.getSpec().setHolderIdentity("");
            held.getSpec().setLeaseDurationSeconds(1);
            client.resource(held).update(); // with its resourceVersion: never somebody else's lease
        } catch (KubernetesClientException e) {
            LOG.warn("the lease was not handed over and ends by itself: {}", e.getMessage());
        }
    }

    /** Whether this replica works. */
    public boolean isLeading() {
        return leading.get();
    }

    private void started() {
        leading.set(true);
        LOG.info("leading as {}", identity);
    }

    private void stopped() {
        leading.set(false);
        if (!stopping.get()) {
            LOG.error("lost the lease; ending at once, since another replica may be working by now");
            Runtime.getRuntime().halt(1);
        }
    }
}
