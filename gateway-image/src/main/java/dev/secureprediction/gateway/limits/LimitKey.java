package dev.secureprediction.gateway.limits;

import dev.secureprediction.policy.decision.Caller;
import dev.secureprediction.policy.model.EndpointIdentity;
import dev.secureprediction.policy.model.LimitScope;
import dev.secureprediction.policy.model.Role;

/**
 * Whose use is counted together. It names the endpoint too, since several may share a store.
 *
 * @param endpoint whose policy it is
 * @param role name of the role
 * @param scope what `who` is
 * @param issuer name of the caller's issuer; empty for a whole role
 * @param who subject or tenant; empty for a whole role
 */
public record LimitKey(EndpointIdentity endpoint, String role, LimitScope scope, String issuer, String who) {

    /** The key of this caller in this role. A caller without a tenant counts alone. */
    public static LimitKey of(EndpointIdentity endpoint, Role role, LimitScope per, Caller caller) {
        if (per == LimitScope.Role) {
            return new LimitKey(endpoint, role.name(), per, "", "");
        }
        if (per == LimitScope.Tenant && caller.claims().get("tenant") instanceof String tenant && !tenant.isEmpty()) {
            return new LimitKey(endpoint, role.name(), per, caller.issuer(), tenant);
        }
        return new LimitKey(endpoint, role.name(), LimitScope.Subject, caller.issuer(), caller.subject());
    }

    /** Never who it is: keys may stand in logs. */
    @Override
    public String toString() {
        return "LimitKey[" + role + " " + scope + "]";
    }
}
