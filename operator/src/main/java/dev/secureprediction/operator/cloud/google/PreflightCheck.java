package dev.secureprediction.operator.cloud.google;

import com.google.iam.v1.TestIamPermissionsRequest;
import dev.secureprediction.operator.cloud.InvokerRole;
import dev.secureprediction.operator.cloud.ObservedPolicy;
import dev.secureprediction.operator.cloud.PolicyTarget;
import dev.secureprediction.operator.cloud.Preflight;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Asks, before anything is made, whether it could be: impersonation, own permissions, the role, room in the policies. */
final class PreflightCheck {

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
        for (String project : permissions.keySet()) {
            ObservedPolicy policy = reader.policy(new PolicyTarget.OnProject(project), binding -> false);
            if (!policy.hasRoom()) {
                return new Preflight.PolicyFull(project, policy.principals());
            }
        }
        return new Preflight.Ready();
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
