package dev.secureprediction.cli.inspect;

import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseSpec;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Whether somebody works on what is looked at: a status that nobody renews says how things were. */
final class OperatorPulse {

    private static final String LEASE = "secure-prediction-operator";

    /** A new leader takes the lease within 15 seconds. */
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private OperatorPulse() {}

    /** A line when no replica leads; empty also where one may not look, as application teams may not. */
    static Optional<String> away(KubernetesClient client, Instant now) {
        try {
            return client.leases().inAnyNamespace().withField("metadata.name", LEASE).list().getItems().stream()
                    .findFirst()
                    .flatMap(lease -> words(lease, now));
        } catch (KubernetesClientException e) {
            return Optional.empty();
        }
    }

    static Optional<String> words(Lease lease, Instant now) {
        Optional<Instant> renewed = Optional.ofNullable(lease.getSpec())
                .map(LeaseSpec::getRenewTime)
                .map(time -> time.toInstant());
        return renewed.filter(at -> at.plus(PATIENCE).isAfter(now)).isPresent()
                ? Optional.empty()
                : Optional.of("The operator is away, since "
                        + renewed.map(Instant::toString).orElse("ever") + ": what follows is how things were then."
                        + " Look at its pods: kubectl get pods -n "
                        + lease.getMetadata().getNamespace());
    }
}
