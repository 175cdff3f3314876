package dev.secureprediction.operator.cloud.google;

import com.google.cloud.aiplatform.v1.CreateEndpointRequest;
import com.google.cloud.aiplatform.v1.DedicatedResources;
import com.google.cloud.aiplatform.v1.DeleteEndpointRequest;
import com.google.cloud.aiplatform.v1.DeployModelRequest;
import com.google.cloud.aiplatform.v1.DeployedModel;
import com.google.cloud.aiplatform.v1.EncryptionSpec;
import com.google.cloud.aiplatform.v1.Endpoint;
import com.google.cloud.aiplatform.v1.MachineSpec;
import com.google.cloud.aiplatform.v1.MutateDeployedModelRequest;
import com.google.cloud.aiplatform.v1.UndeployModelRequest;
import com.google.longrunning.Operation;
import com.google.protobuf.FieldMask;
import dev.secureprediction.operator.cloud.Change;
import dev.secureprediction.operator.cloud.CloudException;
import dev.secureprediction.operator.cloud.DesiredDeployment;
import dev.secureprediction.operator.cloud.DesiredEndpoint;
import dev.secureprediction.operator.cloud.Outcome;
import dev.secureprediction.operator.cloud.Owner;
import dev.secureprediction.operator.cloud.Ownership;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;

/** Changes Vertex AI endpoints and what is deployed to them. */
final class EndpointWriter {

    /** In a request that deploys, the model being deployed. */
    private static final String NEW_MODEL = "0";

    private static final int ALL = 100;

    private final GoogleClients clients;

    EndpointWriter(GoogleClients clients) {
        this.clients = clients;
    }

    Outcome create(DesiredEndpoint.Created desired, Owner owner) {
        Endpoint.Builder endpoint = Endpoint.newBuilder()
                .setDisplayName(desired.displayName())
                .setDescription(Ownership.description(owner))
                .putAllLabels(Ownership.labels(owner));
        desired.encryptionKey()
                .ifPresent(key ->
                        endpoint.setEncryptionSpec(EncryptionSpec.newBuilder().setKmsKeyName(key)));
        CreateEndpointRequest request = CreateEndpointRequest.newBuilder()
                .setParent(clients.names().location())
                .setEndpointId(desired.endpointId())
                .setEndpoint(endpoint)
                .build();
        return creating(
                name(desired.endpointId()),
                () -> clients.endpoints().createEndpointCallable().call(request));
    }

    Outcome deploy(Change.Create.Deployment change) {
        DesiredDeployment wanted = change.deployment();
        DeployedModel.Builder model = DeployedModel.newBuilder()
                .setId(change.deployedModelId())
                .setDisplayName(wanted.modelId() + "-" + wanted.modelVersion())
                .setModel(clients.names().model(wanted))
                .setDedicatedResources(DedicatedResources.newBuilder()
                        .setMachineSpec(MachineSpec.newBuilder().setMachineType(wanted.machineType()))
                        .setMinReplicaCount(wanted.minReplicas())
                        .setMaxReplicaCount(wanted.maxReplicas()));
        DeployModelRequest.Builder request = DeployModelRequest.newBuilder()
                .setEndpoint(name(change.endpointId()))
                .setDeployedModel(model);
        if (change.takesTraffic()) {
            request.putTrafficSplit(NEW_MODEL, ALL);
        }
        return creating(
                name(change.endpointId()),
                () -> clients.endpoints().deployModelCallable().call(request.build()));
    }

    Outcome label(Change.Update.EndpointMetadata change) {
        String name = name(change.endpointId());
        Endpoint before = GoogleErrors.calling(
                clients.scope(), name, () -> clients.endpoints().getEndpoint(name));
        Map<String, String> labels = new HashMap<>(before.getLabelsMap());
        labels.putAll(change.labels());
        return update(
                Endpoint.newBuilder()
                        .setName(name)
                        .setEtag(before.getEtag())
                        .setDisplayName(change.displayName())
                        .putAllLabels(labels)
                        .build(),
                "display_name",
                "labels");
    }

    Outcome split(Change.Update.TrafficSplit change) {
        return update(
                Endpoint.newBuilder()
                        .setName(name(change.endpointId()))
                        .putAllTrafficSplit(change.split())
                        .build(),
                "traffic_split");
    }

    Outcome resize(Change.Update.Replicas change) {
        MutateDeployedModelRequest request = MutateDeployedModelRequest.newBuilder()
                .setEndpoint(name(change.endpointId()))
                .setDeployedModel(DeployedModel.newBuilder()
                        .setId(change.observed().id())
                        .setDedicatedResources(DedicatedResources.newBuilder()
                                .setMinReplicaCount(change.minReplicas())
                                .setMaxReplicaCount(change.maxReplicas())))
                .setUpdateMask(mask("dedicated_resources.min_replica_count", "dedicated_resources.max_replica_count"))
                .build();
        return begin(
                name(change.endpointId()),
                () -> clients.endpoints().mutateDeployedModelCallable().call(request));
    }

    Outcome undeploy(Change.Delete.Deployment change) {
        UndeployModelRequest request = UndeployModelRequest.newBuilder()
                .setEndpoint(name(change.endpointId()))
                .setDeployedModelId(change.deployedModel().id())
                .build();
        return removing(
                name(change.endpointId()),
                () -> clients.endpoints().undeployModelCallable().call(request));
    }

    Outcome delete(String endpointId) {
        DeleteEndpointRequest request =
                DeleteEndpointRequest.newBuilder().setName(name(endpointId)).build();
        return removing(
                name(endpointId),
                () -> clients.endpoints().deleteEndpointCallable().call(request));
    }

    private Outcome update(Endpoint endpoint, String... fields) {
        GoogleErrors.calling(
                clients.scope(), endpoint.getName(), () -> clients.endpoints().updateEndpoint(endpoint, mask(fields)));
        return new Outcome.Done();
    }

    private Outcome begin(String resource, Supplier<Operation> call) {
        return LongOperations.begun(GoogleErrors.calling(clients.scope(), resource, call), resource);
    }

    private Outcome creating(String resource, Supplier<Operation> call) {
        try {
            return begin(resource, call);
        } catch (CloudException.Conflict e) {
            // begun by an operator that died before it could note the operation's name
            throw new CloudException.Propagating(e.getMessage() + "; looked at again soon");
        }
    }

    private Outcome removing(String resource, Supplier<Operation> call) {
        try {
            return begin(resource, call);
        } catch (CloudException.NotFound e) {
            return new Outcome.Done();
        }
    }

    private String name(String endpointId) {
        return clients.names().endpoint(endpointId);
    }

    private static FieldMask mask(String... fields) {
        FieldMask.Builder mask = FieldMask.newBuilder();
        for (String field : fields) {
            mask.addPaths(field);
        }
        return mask.build();
    }
}
