package dev.secureprediction.sandbox.cloud.vertex;

import com.google.cloud.aiplatform.v1.CreateEndpointOperationMetadata;
import com.google.cloud.aiplatform.v1.DeleteOperationMetadata;
import com.google.cloud.aiplatform.v1.Endpoint;
import com.google.cloud.aiplatform.v1.GenericOperationMetadata;
import com.google.longrunning.Operation;
import com.google.protobuf.Empty;
import com.google.protobuf.FieldMask;
import com.google.protobuf.util.FieldMaskUtil;
import com.google.protobuf.util.Timestamps;
import com.google.rpc.Code;
import dev.secureprediction.sandbox.cloud.error.GoogleErrors;
import dev.secureprediction.sandbox.cloud.iam.Policies;
import dev.secureprediction.sandbox.cloud.iam.Projects;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/** Endpoints. An id is taken as soon as its creation starts; the endpoint is there when the operation is done. */
public final class Endpoints {
    private static final Set<String> MUTABLE = Set.of(
            "display_name",
            "description",
            "labels",
            "traffic_split",
            "predict_request_response_logging_config",
            "network",
            "private_service_connect_config");

    private final InstantSource clock;
    private final Projects projects;
    private final Policies policies;
    private final Operations operations;
    private final SecureRandom random = new SecureRandom();
    private final Map<String, Endpoint> endpoints = new TreeMap<>();
    private final Set<String> reserved = new HashSet<>();

    public Endpoints(InstantSource clock, Projects projects, Policies policies, Operations operations) {
        this.clock = clock;
        this.projects = projects;
        this.policies = policies;
        this.operations = operations;
    }

    /**
     * Starts the creation of an endpoint.
     *
     * @param parent `projects/P/locations/L`
     * @param id what it shall be called; empty: a number of the cloud's choice
     */
    public synchronized Operation create(String parent, String id, Endpoint wanted) {
        operations.settle();
        String[] parts = parent.split("/", -1);
        if (parts.length != 4 || !parts[2].equals("locations")) {
            throw GoogleErrors.invalid("parent: must be projects/PROJECT/locations/LOCATION, not " + parent);
        }
        String chosen = id.isEmpty() ? Long.toString(random.nextLong(1_000_000_000_000L, Long.MAX_VALUE)) : id;
        if (!id.isEmpty()) {
            EndpointRules.checkId(id);
        }
        EndpointRules.check(wanted, parts[3]);
        EndpointRules.checkTraffic(wanted.getTrafficSplitMap(), Set.of());
        String name = projects.withNumber(parent) + "/endpoints/" + chosen;
        if (endpoints.containsKey(name) || !reserved.add(name)) {
            throw GoogleErrors.alreadyExists("Endpoint " + name + " already exists.");
        }
        Endpoint endpoint = wanted.toBuilder()
                .setName(name)
                .clearDeployedModels()
                .setCreateTime(Timestamps.fromMillis(clock.millis()))
                .build();
        var metadata = CreateEndpointOperationMetadata.newBuilder()
                .setGenericMetadata(now())
                .build();
        return operations.start(OperationKind.CREATE_ENDPOINT, name, metadata, () -> {
            reserved.remove(name);
            return Endpoint.newBuilder().setName(store(endpoint).getName()).build();
        });
    }

    /** An endpoint, as it is at this moment. */
    public synchronized Endpoint get(String name) {
        return find(name).orElseThrow(() -> GoogleErrors.notFound("The Endpoint " + name + " does not exist."));
    }

    public synchronized Optional<Endpoint> find(String name) {
        operations.settle();
        return Optional.ofNullable(endpoints.get(projects.withNumber(name)));
    }

    /**
     * The endpoints of a location.
     *
     * @param filter terms joined by AND, each `display_name="x"`, `labels.k=v` or `labels.k:*`; empty: all
     */
    public synchronized List<Endpoint> list(String parent, String filter) {
        operations.settle();
        String prefix = projects.withNumber(parent) + "/endpoints/";
        return endpoints.values().stream()
                .filter(endpoint -> endpoint.getName().startsWith(prefix))
                .filter(EndpointFilter.parse(filter))
                .toList();
    }

    /** Changes the fields of the mask. */
    public synchronized Endpoint update(Endpoint wanted, FieldMask mask) {
        Endpoint current = get(wanted.getName());
        if (!wanted.getEtag().isEmpty() && !wanted.getEtag().equals(current.getEtag())) {
            throw GoogleErrors.of(Code.ABORTED, "The etag " + wanted.getEtag() + " does not match the Endpoint's.");
        }
        if (mask.getPathsCount() == 0) {
            throw GoogleErrors.invalid("update_mask: required");
        }
        for (String path : mask.getPathsList()) {
            String field = path.contains(".") ? path.substring(0, path.indexOf('.')) : path;
            if (!MUTABLE.contains(field)) {
                throw GoogleErrors.invalid("update_mask: " + path + " cannot be updated");
            }
        }
        Endpoint.Builder next = current.toBuilder();
        var replacing = new FieldMaskUtil.MergeOptions().setReplaceRepeatedFields(true);
        mask.getPathsList().stream()
                .filter(path -> path.equals("labels") || path.equals("traffic_split"))
                .forEach(path -> next.clearField(Endpoint.getDescriptor().findFieldByName(path)));
        FieldMaskUtil.merge(mask, wanted, next, replacing);
        EndpointRules.check(next.build(), location(current.getName()));
        EndpointRules.checkTraffic(next.getTrafficSplitMap(), Deployments.ids(current));
        return store(next.build());
    }

    /** Starts the removal of an endpoint that serves nothing. */
    public synchronized Operation delete(String name) {
        Endpoint endpoint = get(name);
        if (endpoint.getDeployedModelsCount() > 0
                || operations.running(OperationKind.DEPLOY_MODEL, endpoint.getName())) {
            throw GoogleErrors.failedPrecondition("Endpoint " + endpoint.getName()
                    + " has deployed or being-deployed DeployedModel(s). Please undeploy the model(s) before deleting"
                    + " the endpoint.");
        }
        var metadata =
                DeleteOperationMetadata.newBuilder().setGenericMetadata(now()).build();
        return operations.start(OperationKind.DELETE_ENDPOINT, endpoint.getName(), metadata, () -> {
            endpoints.remove(endpoint.getName());
            policies.forget(endpoint.getName());
            return Empty.getDefaultInstance();
        });
    }

    /** Changes an endpoint that is there; its etag and time of change move on. */
    synchronized Endpoint change(String name, UnaryOperator<Endpoint> change) {
        return store(change.apply(get(name)));
    }

    GenericOperationMetadata now() {
        var time = Timestamps.fromMillis(clock.millis());
        return GenericOperationMetadata.newBuilder()
                .setCreateTime(time)
                .setUpdateTime(time)
                .build();
    }

    private Endpoint store(Endpoint endpoint) {
        Endpoint kept = endpoint.toBuilder()
                .setUpdateTime(Timestamps.fromMillis(clock.millis()))
                .setEtag("AMEw9y" + Long.toUnsignedString(random.nextLong(), 36))
                .build();
        endpoints.put(kept.getName(), kept);
        return kept;
    }

    private static String location(String name) {
        return name.split("/", -1)[3];
    }
}
