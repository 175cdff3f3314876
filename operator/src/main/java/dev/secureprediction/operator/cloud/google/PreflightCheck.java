package dev.secureprediction.operator.cloud.google;

import com.google.iam.admin.v1.ListServiceAccountsRequest;
import com.google.iam.v1.TestIamPermissionsRequest;
import dev.secureprediction.operator.cloud.CloudException;
import dev.secureprediction.operator.cloud.InvokerRole;
import dev.secureprediction.operator.cloud.ObservedPolicy;
import dev.secureprediction.operator.cloud.PolicyTarget;
import dev.secureprediction.operator.cloud.Preflight;
import dev.secureprediction.operator.cloud.Room;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Asks, before anything is made, whether it could be: impersonation, own permissions, the role, room in the policies. */
final class PreflightCheck {

    /** As many as Google gives at once. */
    private static final int PAGE = 100;

    private final GoogleClients clients;
    private final CloudReader reader;

    PreflightCheck(GoogleClients clients) {
        this.clients = clients;
        this.reader = new CloudReader(clients);
    }

    /** The first thing that stands in the way. Any call shows whether the account can be impersonated. */
    Preflight check(String invokerRole, Map<String, Set<String>> permissions) {
        Map<String, Set<String>> missing = new TreeMap<>();
        permissions.forEach((project, needed) -> {
            Set<String> lacking = new TreeSet<>(needed);
            lacking.removeAll(held(project, needed));
            if (!lacking.isEmpty()) {
                missing.put(project, lacking);
            }
        });
        if (!missing.isEmpty()) {
            return new Preflight.PermissionsMissing(missing);
        }
        InvokerRole role = reader.role(invokerRole);
        if (!role.exact()) {
            return new Preflight.RoleUnfit(invokerRole, role);
        }
        Map<String, Integer> principals = new TreeMap<>();
        for (String project : permissions.keySet()) {
            ObservedPolicy policy = reader.policy(new PolicyTarget.OnProject(project), binding -> false);
            if (!policy.hasRoom()) {
                return new Preflight.PolicyFull(project, policy.principals());
            }
            principals.put(project, policy.principals());
        }
        return new Preflight.Ready(new Room(accounts(), principals));
    }

    /** Counted, since no API of IAM tells what is left. Nothing but a warning needs it, so it may be forbidden. */
    private Optional<Integer> accounts() {
        String project = "projects/" + clients.scope().project();
        ListServiceAccountsRequest request = ListServiceAccountsRequest.newBuilder()
                .setName(project)
                .setPageSize(PAGE)
                .build();
        try {
            return Optional.of(GoogleErrors.calling(clients.scope(), project, () -> {
                int count = 0;
                for (var page : clients.iam().listServiceAccounts(request).iteratePages()) {
                    count += page.getResponse().getAccountsCount();
                }
                return count;
            }));
        } catch (CloudException.Denied e) {
            return Optional.empty();
        }
    }

    private Set<String> held(String project, Set<String> permissions) {
        String resource = "projects/" + project;
        TestIamPermissionsRequest request = TestIamPermissionsRequest.newBuilder()
                .setResource(resource)
                .addAllPermissions(permissions)
                .build();
        return Set.copyOf(GoogleErrors.calling(
                clients.scope(),
                resource,
                () -> clients.projects().testIamPermissions(request).getPermissionsList()));
    }
}
