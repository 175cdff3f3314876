package dev.secureprediction.operator.reconciler;

import dev.secureprediction.operator.api.v1alpha1.SecurePredictionEndpoint;
import dev.secureprediction.operator.apply.CloudApplier;
import dev.secureprediction.operator.apply.CloudResult;
import dev.secureprediction.operator.apply.GatewayPods;
import dev.secureprediction.operator.apply.RecordStore;
import dev.secureprediction.operator.cloud.DeletionPolicy;
import dev.secureprediction.operator.cloud.DesiredCloud;
import dev.secureprediction.operator.cloud.DesiredEndpoint;
import dev.secureprediction.operator.plan.EndpointKey;
import dev.secureprediction.operator.render.RecordedState;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes away what was made for an endpoint: its gateway first, so that nobody gets through any more; then access in Google
 * Cloud; then the rest there, as the deletion policy says. It works from what was recorded, each round starts from what is left.
 */
record EndpointRemoval(InCluster cluster, CloudApplier cloud, Clock clock) {

    private static final Logger LOG = LoggerFactory.getLogger(EndpointRemoval.class);

    /** After this long of refusals the resource goes; what is left is named in an event. */
    private static final Duration BOUND = Duration.ofMinutes(30);

    /** What stands in the cluster for an endpoint. */
    interface InCluster {

        /** What was last accepted of it. */
        Optional<RecordedState> record(EndpointKey endpoint);

        /** Takes its gateway away, all but the record. */
        void remove(EndpointKey endpoint);

        /** Takes the record away. */
        void forget(EndpointKey endpoint);

        /** The objects that the operator made. */
        static InCluster of(RecordStore records, GatewayPods pods, Predicate<String> terminating) {
            return new InCluster() {
                @Override
                public Optional<RecordedState> record(EndpointKey endpoint) {
                    return records.of(endpoint);
                }

                @Override
                public void remove(EndpointKey endpoint) {
                    records.removeOthers(endpoint, terminating);
                    pods.removeKept(endpoint, terminating);
                }

                @Override
                public void forget(EndpointKey endpoint) {
                    records.forget(endpoint);
                }
            };
        }
    }

    /** What one round came to. */
    sealed interface Step {

        /** Nothing is left that should go. */
        record Done() implements Step {}

        /** Something is under way or in the way. */
        record Waiting(DesiredCloud cloud, CloudResult result) implements Step {}

        /** What could not be taken away was left, for a person. */
        record GivenUp(String left) implements Step {}
    }

    /**
     * One round for an endpoint that may be gone already.
     *
     * @param planned what to take away when nothing was recorded
     * @param retain whether to keep cloud resources whatever was recorded
     * @param since when its end was asked for
     */
    Step round(
            EndpointKey endpoint,
            Optional<DesiredCloud> planned,
            boolean retain,
            Optional<String> pendingOperation,
            Instant since) {
        cloud.forget(endpoint);
        removeInCluster(endpoint, since);
        var record = cluster.record(endpoint);
        var recorded = record.map(RecordedState::cloud).or(() -> planned);
        if (recorded.isEmpty()) {
            return done(endpoint);
        }
        // what is asked now counts at once, also where the record was written before
        boolean keep = retain
                || planned.filter(asked -> asked.deletionPolicy() == DeletionPolicy.Retain)
                        .isPresent();
        var wanted = kept(recorded.get(), keep);
        for (var earlier : record.map(RecordedState::earlier).orElse(List.of())) {
            var left = kept(earlier, keep);
            var result = cloud.retire(left, wanted);
            if (!result.settled()) {
                return unfinished(endpoint, left, result, since);
            }
        }
        var result = cloud.remove(wanted, pendingOperation);
        return result.settled() ? done(endpoint) : unfinished(endpoint, wanted, result, since);
    }

    /** Where the operator may no longer work, its objects cannot hold the endpoint for ever. */
    private void removeInCluster(EndpointKey endpoint, Instant since) {
        try {
            cluster.remove(endpoint);
        } catch (KubernetesClientException e) {
            if (e.getCode() != HttpURLConnection.HTTP_FORBIDDEN || !isOverdue(since)) {
                throw e;
            }
            LOG.error("gave up on the gateway of endpoint {}: {}", endpoint, e.getMessage());
        }
    }

    private boolean isOverdue(Instant since) {
        return clock.instant().isAfter(since.plus(BOUND));
    }

    private static DesiredCloud kept(DesiredCloud recorded, boolean retain) {
        return retain ? recorded.withDeletionPolicy(DeletionPolicy.Retain) : recorded;
    }

    private Step unfinished(EndpointKey endpoint, DesiredCloud wanted, CloudResult result, Instant since) {
        if (result.failure().isPresent() && isOverdue(since)) {
            var left = left(wanted) + ": " + result.failure().get().getMessage();
            LOG.error("gave up after {} minutes, left in Google Cloud: {}", BOUND.toMinutes(), left);
            cluster.forget(endpoint);
            return new Step.GivenUp(left);
        }
        return new Step.Waiting(wanted, result);
    }

    /** All that may be there still, by name, for whoever has to look. */
    private static String left(DesiredCloud wanted) {
        var project = "projects/" + wanted.scope().project();
        var account = wanted.serviceAccount().email();
        var endpoint = wanted.endpoint() instanceof DesiredEndpoint.Created created
                ? project + "/locations/" + wanted.scope().location() + "/endpoints/" + created.endpointId() + ", "
                : "";
        return endpoint + project + "/serviceAccounts/" + account + ", "
                + wanted.invokerBinding().role() + " of " + account + " on "
                + wanted.grantTarget().display();
    }

    private Step done(EndpointKey endpoint) {
        cluster.forget(endpoint);
        return new Step.Done();
    }

    static Instant since(SecurePredictionEndpoint endpoint) {
        return Instant.parse(endpoint.getMetadata().getDeletionTimestamp());
    }
}
