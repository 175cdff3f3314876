package dev.secureprediction.operator.apply;

import dev.secureprediction.operator.api.v1alpha1.SecurePredictionEndpoint;
import dev.secureprediction.operator.render.Labels;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import java.net.HttpURLConnection;
import java.util.concurrent.Semaphore;

/** Writes objects server-side, and never over somebody else's. */
final class Writes {

    /** An object that is not there yet has no version; the API server refuses this one if it is, and is not ours. */
    private static final String ONLY_IF_ABSENT = "1";

    /** The API server gives out Services' addresses one after the other: calls of a crowd would run out in there. */
    private static final Semaphore ADDRESSES = new Semaphore(4);

    private Writes() {}

    static <R extends HasMetadata> R create(R desired, Context<SecurePredictionEndpoint> context) {
        if (!(desired instanceof Service)) {
            return createNow(desired, context);
        }
        ADDRESSES.acquireUninterruptibly();
        try {
            return createNow(desired, context);
        } finally {
            ADDRESSES.release();
        }
    }

    private static <R extends HasMetadata> R createNow(R desired, Context<SecurePredictionEndpoint> context) {
        desired.getMetadata().setResourceVersion(ONLY_IF_ABSENT);
        try {
            return replace(desired, context);
        } catch (KubernetesClientException e) {
            if (e.getCode() == HttpURLConnection.HTTP_CONFLICT && isForeign(desired, context)) {
                throw new ForeignObjectException(
                        desired.getKind(),
                        desired.getMetadata().getNamespace(),
                        desired.getMetadata().getName());
            }
            throw e;
        } finally {
            desired.getMetadata().setResourceVersion(null); // was part of the request, not of what is wanted
        }
    }

    private static boolean isForeign(HasMetadata desired, Context<SecurePredictionEndpoint> context) {
        var found = context.getClient().resource(desired).get();
        return found != null && !Labels.endpoint(found).equals(Labels.endpoint(desired));
    }

    static <R extends HasMetadata> R replace(R desired, Context<SecurePredictionEndpoint> context) {
        return context.getClient()
                .resource(desired)
                .fieldManager(Labels.OPERATOR)
                .forceConflicts()
                .serverSideApply();
    }
}
