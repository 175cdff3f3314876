package dev.secureprediction.sandbox.cloud.vertex;

import com.google.cloud.aiplatform.v1.DeployModelOperationMetadata;
import com.google.cloud.aiplatform.v1.DeployModelResponse;
import com.google.cloud.aiplatform.v1.DeployedModel;
import com.google.cloud.aiplatform.v1.Endpoint;
import com.google.cloud.aiplatform.v1.Model;
import com.google.cloud.aiplatform.v1.MutateDeployedModelOperationMetadata;
import com.google.cloud.aiplatform.v1.MutateDeployedModelResponse;
import com.google.cloud.aiplatform.v1.UndeployModelOperationMetadata;
import com.google.cloud.aiplatform.v1.UndeployModelResponse;
import com.google.longrunning.Operation;
import com.google.protobuf.FieldMask;
import com.google.protobuf.util.FieldMaskUtil;
import com.google.protobuf.util.Timestamps;
import dev.secureprediction.sandbox.cloud.error.GoogleErrors;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Models on endpoints, and how traffic is split between them. */
public final class Deployments {
    private static final String BEING_DEPLOYED = "0";
    private static final Set<String> MUTABLE = Set.of(
            "dedicated_resources.min_replica_count",
            "dedicated_resources.max_replica_count",
            "dedicated_resources.required_replica_count",
            "dedicated_resources.autoscaling_metric_specs",
            "disable_container_logging");

    private final InstantSource clock;
    private final Endpoints endpoints;
    private final Models models;
    private final Operations operations;
    private final SecureRandom random = new SecureRandom();
    private final Map<String, String> beingDeployed = new HashMap<>(); // by operation

    public Deployments(InstantSource clock, Endpoints endpoints, Models models, Operations operations) {
        this.clock = clock;
        this.endpoints = endpoints;
        this.models = models;
        this.operations = operations;
    }

    /**
     * Starts a deployment.
     *
     * @param split percentages by deployed model, `0` for the one that comes; empty: traffic stays as it is
     */
    public synchronized Operation deploy(String endpointName, DeployedModel wanted, Map<String, Integer> split) {
        Endpoint endpoint = endpoints.get(endpointName);
        EndpointRules.checkDeployment(wanted);
        Model model = models.get(wanted.getModel());
        if (!model.getName().startsWith(parent(endpoint.getName()))) {
            throw GoogleErrors.invalid("The Model and the Endpoint must be in the same location.");
        }
        Set<String> ids = new HashSet<>(ids(endpoint));
        String asked = endpoint.getName() + "/" + wanted.getId();
        beingDeployed.keySet().removeIf(operation -> !operations.running(operation));
        if (ids.contains(wanted.getId()) || (!wanted.getId().isEmpty() && beingDeployed.containsValue(asked))) {
            throw GoogleErrors.alreadyExists("There is a DeployedModel " + wanted.getId() + " already.");
        }
        ids.add(BEING_DEPLOYED);
        EndpointRules.checkTraffic(split, ids);
        String id = wanted.getId().isEmpty()
                ? Integer.toString(random.nextInt(1_000_000_000, Integer.MAX_VALUE))
                : wanted.getId();
        DeployedModel deployed = wanted.toBuilder()
                .setId(id)
                .setModel(model.getName())
                .setModelVersionId(model.getVersionId())
                .setDisplayName(wanted.getDisplayName().isEmpty() ? model.getDisplayName() : wanted.getDisplayName())
                .setCreateTime(Timestamps.fromMillis(clock.millis()))
                .build();
        var metadata = DeployModelOperationMetadata.newBuilder()
                .setGenericMetadata(endpoints.now())
                .build();
        Operation operation = operations.start(OperationKind.DEPLOY_MODEL, endpoint.getName(), metadata, () -> {
            endpoints.change(endpoint.getName(), now -> deployedOn(now, deployed, split));
            return DeployModelResponse.newBuilder().setDeployedModel(deployed).build();
        });
        beingDeployed.put(operation.getName(), asked);
        return operation;
    }

    /**
     * Starts the removal of a deployed model.
     *
     * @param split the traffic to set before; empty: it stays, and must not reach the model
     */
    public synchronized Operation undeploy(String endpointName, String id, Map<String, Integer> split) {
        Endpoint endpoint = endpoints.get(endpointName);
        require(endpoint, id);
        EndpointRules.checkTraffic(split, ids(endpoint));
        Map<String, Integer> after = split.isEmpty() ? endpoint.getTrafficSplitMap() : split;
        boolean last = endpoint.getDeployedModelsCount() == 1;
        if (!last && after.getOrDefault(id, 0) > 0) {
            throw GoogleErrors.failedPrecondition("The DeployedModel " + id
                    + " still has traffic; move it with traffic_split before undeploying or along with it.");
        }
        Map<String, Integer> kept = new LinkedHashMap<>(last ? Map.of() : after);
        kept.remove(id);
        var metadata = UndeployModelOperationMetadata.newBuilder()
                .setGenericMetadata(endpoints.now())
                .build();
        return operations.start(OperationKind.UNDEPLOY_MODEL, endpoint.getName(), metadata, () -> {
            endpoints.change(
                    endpoint.getName(),
                    now -> now.toBuilder()
                            .clearDeployedModels()
                            .addAllDeployedModels(without(now, id))
                            .clearTrafficSplit()
                            .putAllTrafficSplit(kept)
                            .build());
            return UndeployModelResponse.getDefaultInstance();
        });
    }

    /** Starts a change of replica counts, autoscaling or container logging of a deployed model. */
    public synchronized Operation mutate(String endpointName, DeployedModel wanted, FieldMask mask) {
        Endpoint endpoint = endpoints.get(endpointName);
        DeployedModel current = require(endpoint, wanted.getId());
        DeployedModel.Builder next = current.toBuilder();
        for (String path : mask.getPathsList()) {
            if (!MUTABLE.contains(path)) {
                throw GoogleErrors.invalid("update_mask: " + path + " cannot be mutated; deploy the model anew");
            }
        }
        FieldMaskUtil.merge(mask, wanted, next, new FieldMaskUtil.MergeOptions().setReplaceRepeatedFields(true));
        EndpointRules.checkDeployment(next.build());
        var metadata = MutateDeployedModelOperationMetadata.newBuilder()
                .setGenericMetadata(endpoints.now())
                .build();
        return operations.start(OperationKind.MUTATE_MODEL, endpoint.getName(), metadata, () -> {
            endpoints.change(
                    endpoint.getName(),
                    now -> now.toBuilder()
                            .clearDeployedModels()
                            .addAllDeployedModels(without(now, wanted.getId()))
                            .addDeployedModels(next)
                            .build());
            return MutateDeployedModelResponse.newBuilder()
                    .setDeployedModel(next)
                    .build();
        });
    }

    static Set<String> ids(Endpoint endpoint) {
        return endpoint.getDeployedModelsList().stream()
                .map(DeployedModel::getId)
                .collect(Collectors.toSet());
    }

    private static Endpoint deployedOn(Endpoint endpoint, DeployedModel model, Map<String, Integer> split) {
        Endpoint.Builder next = endpoint.toBuilder().addDeployedModels(model);
        if (!split.isEmpty()) {
            next.clearTrafficSplit();
            split.forEach(
                    (id, percent) -> next.putTrafficSplit(id.equals(BEING_DEPLOYED) ? model.getId() : id, percent));
        }
        return next.build();
    }

    private static DeployedModel require(Endpoint endpoint, String id) {
        return endpoint.getDeployedModelsList().stream()
                .filter(model -> model.getId().equals(id))
                .findFirst()
                .orElseThrow(() -> GoogleErrors.notFound(
                        "The DeployedModel " + id + " is not found on Endpoint " + endpoint.getName() + "."));
    }

    private static List<DeployedModel> without(Endpoint endpoint, String id) {
        return endpoint.getDeployedModelsList().stream()
                .filter(model -> !model.getId().equals(id))
                .toList();
    }

    private static String parent(String endpointName) {
        return endpointName.substring(0, endpointName.indexOf("/endpoints/") + 1);
    }
}
