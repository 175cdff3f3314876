package dev.secureprediction.operator.cloud.google;

import com.google.cloud.aiplatform.v1.Endpoint;
import com.google.cloud.aiplatform.v1.Model;
import com.google.iam.admin.v1.GetRoleRequest;
import com.google.iam.admin.v1.Role;
import com.google.iam.admin.v1.ServiceAccount;
import com.google.protobuf.Timestamp;
import dev.secureprediction.operator.cloud.Binding;
import dev.secureprediction.operator.cloud.DesiredCloud;
import dev.secureprediction.operator.cloud.DesiredDeployment;
import dev.secureprediction.operator.cloud.DesiredEndpoint;
import dev.secureprediction.operator.cloud.InvokerRole;
import dev.secureprediction.operator.cloud.ObservedCloud;
import dev.secureprediction.operator.cloud.ObservedEndpoint;
import dev.secureprediction.operator.cloud.ObservedModel;
import dev.secureprediction.operator.cloud.ObservedPolicy;
import dev.secureprediction.operator.cloud.ObservedServiceAccount;
import dev.secureprediction.operator.cloud.OperationState;
import dev.secureprediction.operator.cloud.Ownership;
import dev.secureprediction.operator.cloud.PolicyTarget;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Reads what a desired state names. */
final class CloudReader {

    private final GoogleClients clients;
    private final PolicyStores policies;
    private final LongOperations operations;

    CloudReader(GoogleClients clients) {
        this.clients = clients;
        this.policies = new PolicyStores(clients);
        this.operations = new LongOperations(clients);
    }

    ObservedCloud observe(DesiredCloud desired, Optional<String> pendingOperation) {
        ObservedServiceAccount account = account(desired.serviceAccount().email());
        ObservedEndpoint endpoint = endpoint(desired.endpoint());
        ObservedPolicy grantPolicy =
                desired.grantTarget() instanceof PolicyTarget.OnEndpoint && endpoint instanceof ObservedEndpoint.Absent
                        ? ObservedPolicy.absent()
                        : policy(desired.grantTarget(), b -> concerns(desired, b));
        return new ObservedCloud(
                account,
                role(desired.invokerRole()),
                account instanceof ObservedServiceAccount.Absent
                        ? ObservedPolicy.absent()
                        : policy(
                                new PolicyTarget.OnAccount(
                                        desired.serviceAccount().email()),
                                b -> true),
                grantPolicy,
                endpoint,
                model(desired.endpoint()),
                operation(desired.endpoint(), endpoint, pendingOperation),
                new AccessReader(clients, this).read(desired, account, grantPolicy));
    }

    InvokerRole role(String name) {
        Optional<Role> role = GoogleErrors.reading(
                clients.scope(),
                name,
                () -> clients.iam()
                        .getRole(GetRoleRequest.newBuilder().setName(name).build()));
        // a deleted role can still be read for a week
        return role.filter(r -> !r.getDeleted())
                .<InvokerRole>map(r -> new InvokerRole.Present(Set.copyOf(r.getIncludedPermissionsList())))
                .orElseGet(InvokerRole.Absent::new);
    }

    private ObservedServiceAccount account(String email) {
        String name = clients.names().account(email);
        Optional<ServiceAccount> account =
                GoogleErrors.reading(clients.scope(), name, () -> clients.iam().getServiceAccount(name));
        return account.<ObservedServiceAccount>map(a -> new ObservedServiceAccount.Present(
                        a.getEmail(),
                        a.getUniqueId(),
                        a.getDisabled(),
                        a.getDisplayName(),
                        Ownership.fromDescription(a.getDescription())))
                .orElseGet(ObservedServiceAccount.Absent::new);
    }

    /** A policy, cut to what is relevant. */
    ObservedPolicy policy(PolicyTarget target, Predicate<Binding> relevant) {
        return GoogleErrors.reading(
                        clients.scope(),
                        target.display(),
                        () -> policies.of(target).read())
                .map(policy -> new ObservedPolicy(
                        true,
                        policy.getBindingsList().stream()
                                .flatMap(b -> b.getMembersList().stream()
                                        .map(member -> new Binding(b.getRole(), member, PolicyEditor.condition(b))))
                                .filter(relevant)
                                .collect(Collectors.toSet()),
                        policy.getBindingsList().stream()
                                .mapToInt(com.google.iam.v1.Binding::getMembersCount)
                                .sum()))
                .orElseGet(ObservedPolicy::absent);
    }

    private static boolean concerns(DesiredCloud desired, Binding binding) {
        return binding.role().equals(desired.invokerRole()) || binding.member().equals(desired.accountMember());
    }

    private ObservedEndpoint endpoint(DesiredEndpoint desired) {
        return switch (desired) {
            case DesiredEndpoint.None ignored -> new ObservedEndpoint.Absent();
            case DesiredEndpoint.Existing existing -> endpoint(existing.endpointId());
            case DesiredEndpoint.Created created -> endpoint(created.endpointId());
        };
    }

    private ObservedEndpoint endpoint(String endpointId) {
        String name = clients.names().endpoint(endpointId);
        return GoogleErrors.reading(
                        clients.scope(), name, () -> clients.endpoints().getEndpoint(name))
                .map(CloudReader::present)
                .orElseGet(ObservedEndpoint.Absent::new);
    }

    private static ObservedEndpoint present(Endpoint endpoint) {
        return new ObservedEndpoint.Present(
                endpoint.getName(),
                ResourceNames.lastSegment(endpoint.getName()),
                endpoint.getDisplayName(),
                endpoint.getLabelsMap(),
                nonEmpty(endpoint.getEncryptionSpec().getKmsKeyName()),
                nonEmpty(endpoint.getDedicatedEndpointDns()),
                instant(endpoint.getCreateTime()),
                instant(endpoint.getUpdateTime()),
                endpoint.getDeployedModelsList().stream()
                        .map(m -> new ObservedEndpoint.DeployedModel(
                                m.getId(),
                                ResourceNames.lastSegment(m.getModel()),
                                m.getModelVersionId(),
                                m.getDedicatedResources().getMachineSpec().getMachineType(),
                                m.getDedicatedResources().getMinReplicaCount(),
                                m.getDedicatedResources().getMaxReplicaCount()))
                        .toList(),
                endpoint.getTrafficSplitMap());
    }

    private ObservedModel model(DesiredEndpoint desired) {
        if (!(desired instanceof DesiredEndpoint.Created created)) {
            return new ObservedModel.NotNeeded();
        }
        String name = clients.names().model(created.deployment());
        Optional<Model> model = GoogleErrors.reading(
                clients.scope(), name, () -> clients.models().getModel(name));
        return model.<ObservedModel>map(m -> new ObservedModel.Present(
                        m.getName(),
                        m.getVersionId(),
                        Optional.ofNullable(m.getLabelsMap().get(DesiredDeployment.FINGERPRINT_LABEL))))
                .orElseGet(ObservedModel.Absent::new);
    }

    private Optional<OperationState> operation(
            DesiredEndpoint desired, ObservedEndpoint endpoint, Optional<String> pendingOperation) {
        if (pendingOperation.isPresent()) {
            // of where the endpoint was before, when it was moved while the operation ran
            return pendingOperation.map(
                    name -> name.contains("/locations/" + clients.scope().location() + "/")
                            ? operations.state(name)
                            : new OperationState.Vanished(name));
        }
        // an operator that died before it could note the name finds the operation on the endpoint
        return desired instanceof DesiredEndpoint.Created
                        && endpoint instanceof ObservedEndpoint.Present present
                        && !(present.deployedModels().size() == 1
                                && present.serving().isPresent())
                ? operations.runningOn(present.resourceName())
                : Optional.empty();
    }

    private static Optional<String> nonEmpty(String text) {
        return text.isEmpty() ? Optional.empty() : Optional.of(text);
    }

    private static Instant instant(Timestamp time) {
        return Instant.ofEpochSecond(time.getSeconds(), time.getNanos());
    }
}
