package dev.secureprediction.sandbox.cloud.iam;

import com.google.iam.v1.Binding;
import dev.secureprediction.sandbox.cloud.error.GoogleErrors;
import java.time.InstantSource;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.UnaryOperator;

/** The check of a call: bindings on the resource and on its project, their roles, the permissions of those. */
public final class Access {
    private final InstantSource clock;
    private final Projects projects;
    private final Roles roles;
    private final Policies policies;
    private final UnaryOperator<String> canonical;

    Access(InstantSource clock, Projects projects, Roles roles, Policies policies, UnaryOperator<String> canonical) {
        this.clock = clock;
        this.projects = projects;
        this.roles = roles;
        this.policies = policies;
        this.canonical = canonical;
    }

    /** Refuses a caller that lacks the permission on this resource and on its project. */
    public void require(Principal caller, String permission, String resource) {
        require(caller, permission, resource, Set.of());
    }

    /**
     * Refuses a caller that lacks the permission, for a request that changes the grants of these roles.
     *
     * @throws io.grpc.StatusRuntimeException PERMISSION_DENIED
     */
    public void require(Principal caller, String permission, String resource, Set<String> modifiedRoles) {
        if (!permitted(caller, permission, resource, modifiedRoles)) {
            throw GoogleErrors.denied(permission, resource);
        }
    }

    /** Whether a caller has a permission on a resource. */
    public boolean permitted(Principal caller, String permission, String resource) {
        return permitted(caller, permission, resource, Set.of());
    }

    private boolean permitted(Principal caller, String permission, String resource, Set<String> modifiedRoles) {
        String name = canonical.apply(resource);
        Set<String> lineage = new LinkedHashSet<>();
        lineage.add(name);
        lineage.add(projects.of(name));
        return lineage.stream()
                .flatMap(holder -> policies.enforced(holder).getBindingsList().stream())
                .anyMatch(binding -> grants(binding, caller, permission, modifiedRoles));
    }

    private boolean grants(Binding binding, Principal caller, String permission, Set<String> modifiedRoles) {
        return binding.getMembersList().stream().anyMatch(caller::is)
                && roles.permits(binding.getRole(), permission)
                && (!binding.hasCondition() || Conditions.hold(binding.getCondition(), clock.instant(), modifiedRoles));
    }
}
