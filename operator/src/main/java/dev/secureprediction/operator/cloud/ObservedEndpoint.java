package dev.secureprediction.operator.cloud;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The Vertex AI endpoint, as read. */
public sealed interface ObservedEndpoint {

    /** There is none, or none is needed. */
    record Absent() implements ObservedEndpoint {}

    /**
     * There.
     *
     * @param resourceName full resource name
     * @param endpointId its last segment
     * @param displayName shown in the console
     * @param labels all labels
     * @param encryptionKey resource name of its Cloud KMS key
     * @param dedicatedHost its own host name, where it has one; the shared one does not serve it then
     * @param createTime when it was made
     * @param updateTime when it was last changed
     * @param deployedModels what is deployed, running or not
     * @param trafficSplit percent by deployed model id
     */
    record Present(
            String resourceName,
            String endpointId,
            String displayName,
            Map<String, String> labels,
            Optional<String> encryptionKey,
            Optional<String> dedicatedHost,
            Instant createTime,
            Instant updateTime,
            List<DeployedModel> deployedModels,
            Map<String, Integer> trafficSplit)
            implements ObservedEndpoint {

        /** Keeps copies. */
        public Present {
            labels = Map.copyOf(labels);
            deployedModels = List.copyOf(deployedModels);
            trafficSplit = Map.copyOf(trafficSplit);
        }

        /** What its labels say. */
        public Optional<Ownership> ownership() {
            return Ownership.fromLabels(labels);
        }

        /** The deployed model that all calls go to, if one alone gets them. */
        public Optional<DeployedModel> serving() {
            return deployedModels.stream()
                    .filter(m -> trafficSplit.getOrDefault(m.id(), 0) == 100)
                    .findFirst();
        }
    }

    /**
     * A model on an endpoint.
     *
     * @param id 1 to 10 digits
     * @param modelId last segment of the model's resource name
     * @param modelVersion version id
     * @param machineType Compute Engine machine type; empty for automatic resources
     * @param minReplicas lower bound
     * @param maxReplicas upper bound
     */
    record DeployedModel(
            String id, String modelId, String modelVersion, String machineType, int minReplicas, int maxReplicas) {}
}
