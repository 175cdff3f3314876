package dev.secureprediction.operator.reconciler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.secureprediction.operator.apply.CloudApplier;
import dev.secureprediction.operator.cloud.Change;
import dev.secureprediction.operator.cloud.CloudException;
import dev.secureprediction.operator.cloud.CloudResources;
import dev.secureprediction.operator.cloud.CloudSamples;
import dev.secureprediction.operator.cloud.CloudScope;
import dev.secureprediction.operator.cloud.CloudStates;
import dev.secureprediction.operator.cloud.DeletionPolicy;
import dev.secureprediction.operator.cloud.DesiredCloud;
import dev.secureprediction.operator.cloud.Known;
import dev.secureprediction.operator.cloud.Mandate;
import dev.secureprediction.operator.cloud.ModelCloud;
import dev.secureprediction.operator.cloud.ObservedCloud;
import dev.secureprediction.operator.cloud.ObservedEndpoint;
import dev.secureprediction.operator.cloud.ObservedServiceAccount;
import dev.secureprediction.operator.cloud.Outcome;
import dev.secureprediction.operator.cloud.Preflight;
import dev.secureprediction.operator.golden.Samples;
import dev.secureprediction.operator.plan.EndpointKey;
import dev.secureprediction.operator.reconciler.EndpointRemoval.Step;
import dev.secureprediction.operator.render.RecordedState;
import io.fabric8.kubernetes.api.model.StatusBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/**
 * An endpoint that cannot be taken away is tried for half an hour; then it goes, and what is left is named. What anybody asked
 * to be kept is kept.
 */
final class EndpointRemovalTest {

    private static final EndpointKey CHURN = new EndpointKey("team", "churn");
    private static final DesiredCloud WANTED = CloudSamples.deployed();
    private static final int MOST_ROUNDS = 20;
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

    @Test
    void whatIsAskedToBeKeptRightBeforeItGoesIsKeptThoughItsRecordIsOlder() {
        // given an endpoint that stands, recorded when it was to be deleted with all it has
        var google = standing(WANTED);
        cluster.record = Optional.of(recorded(WANTED, List.of()));
        // when it is released, and deleted before anything more was recorded
        removed(google, Optional.of(WANTED.withDeletionPolicy(DeletionPolicy.Retain)), false);
        // then nobody gets through any more, and what it has stays with its marks
        assertThat(google.log()).noneMatch(Change::destructive).anyMatch(Change.Revoke.class::isInstance);
        assertThat(google.state().account()).isInstanceOf(ObservedServiceAccount.Present.class);
        assertThat(google.state().endpoint()).isInstanceOf(ObservedEndpoint.Present.class);
    }

    @Test
    void whatNobodyAskedToGoIsKeptWhateverWasRecorded() {
        var google = standing(WANTED);
        cluster.record = Optional.of(recorded(WANTED, List.of()));

        removed(google, Optional.of(WANTED), true);

        assertThat(google.log()).noneMatch(Change::destructive);
        assertThat(google.state().account()).isInstanceOf(ObservedServiceAccount.Present.class);
    }

    @Test
    void whatWasRecordedToBeKeptIsNotDeletedByWhatIsAskedLater() {
        // an edit that was never accepted, or that came with the deletion, widens nothing
        var google = standing(WANTED);
        cluster.record = Optional.of(recorded(WANTED.withDeletionPolicy(DeletionPolicy.Retain), List.of()));

        removed(google, Optional.of(WANTED), false);

        assertThat(google.log()).noneMatch(Change::destructive);
    }

    @Test
    void placesThatWereLeftAreKeptWithTheRest() {
        // given an endpoint that was moved to another, and its old place is still to be taken away
        var google = standing(WANTED);
        cluster.record = Optional.of(recorded(CloudSamples.publisher(), List.of(WANTED)));

        removed(google, Optional.of(CloudSamples.publisher().withDeletionPolicy(DeletionPolicy.Retain)), false);

        assertThat(google.log()).noneMatch(Change::destructive);
        assertThat(google.state().endpoint()).isInstanceOf(ObservedEndpoint.Present.class);
    }

    @Test
    void whatIsAskedToGoGoesWhole() {
        var google = standing(WANTED);
        cluster.record = Optional.of(recorded(WANTED, List.of()));

        removed(google, Optional.of(WANTED), false);

        assertThat(google.state().account()).isInstanceOf(ObservedServiceAccount.Absent.class);
        assertThat(google.state().endpoint()).isInstanceOf(ObservedEndpoint.Absent.class);
    }

    @Test
    void aPlanThatHadBegunIsNotGoneOnWithWhenTheEndpointGoes() {
        // given two old models whose end was approved as one plan, of which the first step is done
        var google = new ModelCloud(CloudStates.withDeployed(
                CloudStates.withDeployed(standing(WANTED).state(), "4711"), "4712"));
        var applier = new CloudApplier(google);
        var plan = applier.converge(WANTED, Optional.empty(), asking(Set.of()), Known.NOTHING);
        var approved = asking(Set.of(plan.planHash()));
        var first = applier.converge(WANTED, Optional.empty(), approved, Known.NOTHING);
        google.observe(WANTED, first.pendingOperation());
        // when the endpoint goes, though nothing gets done of that
        var owner = WANTED.owner();
        cluster.refusal = Optional.of(403);
        assertThatThrownBy(() -> new EndpointRemoval(cluster, applier, new MovedClock(time))
                        .round(
                                new EndpointKey(owner.namespace(), owner.name()),
                                Optional.of(WANTED),
                                false,
                                Optional.empty(),
                                ASKED))
                .isInstanceOf(KubernetesClientException.class);
        // then the approval is spent
        assertThat(applier.converge(WANTED, Optional.empty(), approved, Known.NOTHING)
                        .held())
                .hasSize(1);
    }

    private static Mandate asking(Set<String> approved) {
        return new Mandate(Mandate.Mode.Enforce, true, approved);
    }

    /** All rounds until it is gone; counts only what they do. */
    private void removed(ModelCloud google, Optional<DesiredCloud> asked, boolean retain) {
        var rounds = new EndpointRemoval(cluster, new CloudApplier(google), new MovedClock(time));
        Optional<String> pending = Optional.empty();
        for (int round = 0; round < MOST_ROUNDS; round++) {
            switch (rounds.round(CHURN, asked, retain, pending, ASKED)) {
                case Step.Done ignored -> {
                    assertThat(cluster.forgotten).isTrue();
                    return;
                }
                case Step.Waiting waiting -> pending = waiting.result().pendingOperation();
                case Step.GivenUp givenUp -> throw new AssertionError(givenUp.left());
            }
        }
        throw new AssertionError("still there: " + google.log());
    }

    private static RecordedState recorded(DesiredCloud cloud, List<DesiredCloud> earlier) {
        return new RecordedState(Samples.endpoint("").getSpec(), cloud, earlier);
    }

    /** Google with all of it, and nothing asked of it yet. */
    private static ModelCloud standing(DesiredCloud wanted) {
        var google = ModelCloud.empty();
        var applier = new CloudApplier(google);
        var result = applier.converge(wanted, Optional.empty());
        while (!result.settled()) {
            result = applier.converge(wanted, result.pendingOperation());
        }
        return new ModelCloud(google.state());
    }

    private Step round() {
        return removal.round(CHURN, Optional.of(WANTED), false, Optional.empty(), ASKED);
    }

    /** Of which nothing was recorded at first. */
    private static final class Cluster implements EndpointRemoval.InCluster {

        private Optional<RecordedState> record = Optional.empty();
        private Optional<Integer> refusal = Optional.empty();
        private boolean forgotten;

        @Override
        public Optional<RecordedState> record(EndpointKey endpoint) {
            return record;
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
