package dev.secureprediction.operator.reconciler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.secureprediction.operator.apply.CloudApplier;
import dev.secureprediction.operator.cloud.Change;
import dev.secureprediction.operator.cloud.CloudException;
import dev.secureprediction.operator.cloud.CloudResources;
import dev.secureprediction.operator.cloud.CloudSamples;
import dev.secureprediction.operator.cloud.CloudScope;
import dev.secureprediction.operator.cloud.DesiredCloud;
import dev.secureprediction.operator.cloud.ObservedCloud;
import dev.secureprediction.operator.cloud.Outcome;
import dev.secureprediction.operator.cloud.Preflight;
import dev.secureprediction.operator.plan.EndpointKey;
import dev.secureprediction.operator.reconciler.EndpointRemoval.Step;
import dev.secureprediction.operator.render.RecordedState;
import io.fabric8.kubernetes.api.model.StatusBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** An endpoint that cannot be taken away is tried for half an hour; then it goes, and what is left is named. */
final class EndpointRemovalTest {

    private static final EndpointKey CHURN = new EndpointKey("team", "churn");
    private static final DesiredCloud WANTED = CloudSamples.deployed();
    private static final Instant ASKED = Instant.parse("2026-03-01T12:00:00Z");

    private final AtomicReference<Instant> time = new AtomicReference<>(ASKED);
    private final Cluster cluster = new Cluster();
    private final EndpointRemoval removal =
            new EndpointRemoval(cluster, new CloudApplier(new Refusing()), new MovedClock(time));

    @Test
    void whatGoogleRefusesIsTriedForHalfAnHour() {
        time.set(ASKED.plus(Duration.ofMinutes(30)));

        assertThat(round()).isInstanceOf(Step.Waiting.class);
        assertThat(cluster.forgotten).isFalse();
    }

    @Test
    void afterThatItGoesAndWhatIsLeftIsNamed() {
        time.set(ASKED.plus(Duration.ofMinutes(31)));

        assertThat(round())
                .isInstanceOfSatisfying(
                        Step.GivenUp.class,
                        givenUp -> assertThat(givenUp.left())
                                .contains("projects/acme-ml-qa/locations/europe-west4/endpoints/"
                                        + CloudSamples.ENDPOINT_ID)
                                .contains("projects/acme-ml-qa/serviceAccounts/" + CloudSamples.ACCOUNT.email())
                                .contains(WANTED.invokerRole())
                                .contains("permission aiplatform.endpoints.get is missing"));
        assertThat(cluster.forgotten).isTrue();
    }

    @Test
    void anOperatorWhoseClockIsBehindGoesOnTrying() {
        time.set(ASKED.minus(Duration.ofHours(1)));

        assertThat(round()).isInstanceOf(Step.Waiting.class);
    }

    @Test
    void aGatewayNamespaceThatTheOperatorWasLockedOutOfHoldsNothingUpForEver() {
        cluster.refusal = Optional.of(403);
        assertThatThrownBy(this::round).isInstanceOf(KubernetesClientException.class);

        time.set(ASKED.plus(Duration.ofMinutes(31)));

        assertThat(round()).isInstanceOf(Step.GivenUp.class);
    }

    private Step round() {
        return removal.round(CHURN, Optional.of(WANTED), false, Optional.empty(), ASKED);
    }

    /** Of which nothing was recorded. */
    private static final class Cluster implements EndpointRemoval.InCluster {

        private Optional<Integer> refusal = Optional.empty();
        private boolean forgotten;

        @Override
        public Optional<RecordedState> record(EndpointKey endpoint) {
            return Optional.empty();
        }

        @Override
        public void remove(EndpointKey endpoint) {
            refusal.ifPresent(code -> {
                throw new KubernetesClientException(
                        new StatusBuilder().withCode(code).build());
            });
        }

        @Override
        public void forget(EndpointKey endpoint) {
            forgotten = true;
        }
    }

    /** Google, after the operator's role was taken away. */
    private static final class Refusing implements CloudResources {

        @Override
        public ObservedCloud observe(DesiredCloud desired, Optional<String> pendingOperation) {
            throw new CloudException.Denied("aiplatform.endpoints.get", "projects/acme-ml-qa");
        }

        @Override
        public Outcome apply(DesiredCloud desired, Change change) {
            throw new CloudException.Denied("aiplatform.endpoints.delete", "projects/acme-ml-qa");
        }

        @Override
        public Preflight preflight(CloudScope scope, String invokerRole, Map<String, Set<String>> permissions) {
            throw new UnsupportedOperationException();
        }
    }
}
