package dev.secureprediction.operator.cloud.google;

import com.google.iam.v1.GetIamPolicyRequest;
import com.google.iam.v1.GetPolicyOptions;
import com.google.iam.v1.Policy;
import com.google.iam.v1.SetIamPolicyRequest;
import dev.secureprediction.operator.cloud.PolicyTarget;
import java.util.function.Function;

/** IAM policies of accounts, endpoints and projects, each by the API that has it. */
final class PolicyStores {

    private static final GetPolicyOptions WITH_CONDITIONS =
            GetPolicyOptions.newBuilder().setRequestedPolicyVersion(3).build();

    private final GoogleClients clients;

    PolicyStores(GoogleClients clients) {
        this.clients = clients;
    }

    PolicyStore of(PolicyTarget target) {
        return switch (target) {
            case PolicyTarget.OnEndpoint endpoint ->
                clients.endpointPolicies().of(clients.names().endpoint(endpoint.endpointId()));
            case PolicyTarget.OnAccount account ->
                overGrpc(
                        clients.names().account(account.email()),
                        clients.iam()::getIamPolicy,
                        clients.iam()::setIamPolicy);
            case PolicyTarget.OnProject project ->
                overGrpc(
                        "projects/" + project.project(),
                        clients.projects()::getIamPolicy,
                        clients.projects()::setIamPolicy);
        };
    }

    private PolicyStore overGrpc(
            String resource, Function<GetIamPolicyRequest, Policy> get, Function<SetIamPolicyRequest, Policy> set) {
        return new PolicyStore() {
            @Override
            public Policy read() {
                GetIamPolicyRequest request = GetIamPolicyRequest.newBuilder()
                        .setResource(resource)
                        .setOptions(WITH_CONDITIONS)
                        .build();
                return GoogleErrors.calling(clients.scope(), resource, () -> get.apply(request));
            }

            @Override
            public void write(Policy policy) {
                SetIamPolicyRequest request = SetIamPolicyRequest.newBuilder()
                        .setResource(resource)
                        .setPolicy(policy)
                        .build();
                GoogleErrors.calling(clients.scope(), resource, () -> set.apply(request));
            }
        };
    }
}
