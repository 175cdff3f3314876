package dev.secureprediction.policy.decision;

import dev.cel.runtime.CelVariableResolver;
import dev.secureprediction.policy.codec.InvalidPolicyException;
import dev.secureprediction.policy.model.Action;
import dev.secureprediction.policy.model.Issuer;
import dev.secureprediction.policy.model.PolicyBundle;
import dev.secureprediction.policy.model.Role;
import dev.secureprediction.policy.model.Surface;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Decides calls by a bundle's roles. Everything is compiled beforehand; a decision allocates little more than the
 * expressions themselves do. Immutable, safe for use by many threads.
 */
public final class PolicyDecisionPoint {

    private static final Decision.Deny SURFACE_NOT_SERVED = new Decision.Deny(DenyReason.SurfaceNotServed);
    private static final Decision.Deny ISSUER_WITHOUT_ROLE = new Decision.Deny(DenyReason.IssuerWithoutRole);
    private static final Decision.Deny NO_ROLE_MATCHES = new Decision.Deny(DenyReason.NoRoleMatches);
    private static final Decision.Deny ACTION_NOT_ALLOWED = new Decision.Deny(DenyReason.ActionNotAllowed);

    private final EnumSet<Surface> surfaces;
    private final Map<String, List<CompiledRole>> rolesByIssuer;
    private final Optional<Object> bindings;
    private final EnumMap<Surface, Optional<Object>> surfaceNames = new EnumMap<>(Surface.class);
    private final EnumMap<Action, Optional<Object>> actionNames = new EnumMap<>(Action.class);

    private PolicyDecisionPoint(PolicyBundle bundle, Map<String, List<CompiledRole>> rolesByIssuer) {
        this.surfaces = EnumSet.noneOf(Surface.class);
        this.surfaces.addAll(bundle.surfaces());
        this.rolesByIssuer = rolesByIssuer;
        this.bindings = Optional.of(bundle.bindings());
        for (Surface surface : Surface.values()) {
            surfaceNames.put(surface, Optional.of(surface.name()));
        }
        for (Action action : Action.values()) {
            actionNames.put(action, Optional.of(action.name()));
        }
    }

    /**
     * Compiles all roles of a bundle.
     *
     * @throws InvalidPolicyException where an expression does not compile
     */
    public static PolicyDecisionPoint compile(PolicyBundle bundle) {
        Map<String, List<CompiledRole>> byIssuer = new HashMap<>();
        for (Issuer issuer : bundle.issuers()) {
            byIssuer.put(issuer.name(), new ArrayList<>());
        }
        for (int i = 0; i < bundle.roles().size(); i++) {
            CompiledRole role = compile(bundle.roles().get(i), "/roles/" + i + "/when");
            for (String issuer : role.role().issuers()) {
                byIssuer.computeIfAbsent(issuer, name -> new ArrayList<>()).add(role);
            }
        }
        byIssuer.replaceAll((name, roles) -> List.copyOf(roles));
        return new PolicyDecisionPoint(bundle, Map.copyOf(byIssuer));
    }

    private static CompiledRole compile(Role role, String pointer) {
        try {
            EnumSet<Action> actions = EnumSet.noneOf(Action.class);
            actions.addAll(role.actions());
            return new CompiledRole(role, actions, RoleExpression.compile(role.when()), new Decision.Permit(role));
        } catch (InvalidExpressionException e) {
            throw new InvalidPolicyException(
                    pointer, "line " + e.line() + ", column " + e.column() + ": " + e.getMessage());
        }
    }

    /** The first role of the caller's issuer that allows the action and whose expression is true applies, alone. */
    public Decision decide(Caller caller, Surface surface, Action action) {
        if (!surfaces.contains(surface)) {
            return SURFACE_NOT_SERVED;
        }
        List<CompiledRole> roles = rolesByIssuer.getOrDefault(caller.issuer(), List.of());
        if (roles.isEmpty()) {
            return ISSUER_WITHOUT_ROLE;
        }
        CelVariableResolver variables = variables(caller, surface, action);
        for (CompiledRole role : roles) {
            if (role.actions().contains(action) && role.when().matches(variables)) {
                return role.permit();
            }
        }
        return reason(roles, variables, action);
    }

    // only a refused call pays for knowing why
    private static Decision reason(List<CompiledRole> roles, CelVariableResolver variables, Action action) {
        for (CompiledRole role : roles) {
            if (!role.actions().contains(action) && role.when().matches(variables)) {
                return ACTION_NOT_ALLOWED;
            }
        }
        return NO_ROLE_MATCHES;
    }

    private CelVariableResolver variables(Caller caller, Surface surface, Action action) {
        Optional<Object> claims = Optional.of(caller.claims());
        return name -> switch (name) {
            case "claims" -> claims;
            case "bindings" -> bindings;
            case "request.surface" -> surfaceNames.get(surface);
            case "request.action" -> actionNames.get(action);
            default -> Optional.empty();
        };
    }

    private record CompiledRole(Role role, EnumSet<Action> actions, RoleExpression when, Decision.Permit permit) {}
}
