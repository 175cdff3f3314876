package dev.secureprediction.operator.resolve;

/**
 * What a grant can leave uncovered. The check at reconcile time names its findings by these rows, and the one at admission is
 * generated from them: in CEL, `self` is the endpoint's spec and `g` the grant.
 */
public enum GrantRule {
    MODEL(
            "spec.contract.model",
            "models",
            "true",
            "has(g.models) && g.models.exists(p, variables.model.matches('^\\\\Q' + p.replace('*', '\\\\E.*\\\\Q') + '\\\\E$'))",
            "variables.model"),
    ENDPOINT_ID(
            "spec.placement.endpoint.id",
            "endpointIDs",
            "has(self.contract.model.existing)",
            "has(g.endpointIDs) && self.placement.endpoint.id in g.endpointIDs",
            "self.placement.endpoint.id"),
    MACHINE_TYPE(
            "spec.placement.endpoint.machineType",
            "machineTypes",
            "has(self.contract.model.deployed)",
            "has(g.machineTypes) && variables.machineType in g.machineTypes",
            "variables.machineType"),
    ENDPOINT_REPLICAS(
            "spec.placement.endpoint.maxReplicas",
            "maxEndpointReplicas",
            "has(self.contract.model.deployed)",
            "variables.endpointReplicas <= (has(g.maxEndpointReplicas) ? g.maxEndpointReplicas : 10)",
            "string(variables.endpointReplicas)"),
    SURFACE(
            "spec.contract.surfaces",
            "surfaces",
            "has(self.contract.surfaces)",
            "!has(g.surfaces) || size(g.surfaces) == 0 || self.contract.surfaces.all(s, s in g.surfaces)",
            "self.contract.surfaces.join(', ')"),
    MANAGEMENT_POLICY(
            "spec.managementPolicy",
            "managementPolicies",
            "true",
            "has(g.managementPolicies) && size(g.managementPolicies) > 0 ? (has(self.managementPolicy) ? self.managementPolicy : 'Enforce') in g.managementPolicies : !has(self.managementPolicy) || self.managementPolicy == 'Enforce'",
            "(has(self.managementPolicy) ? self.managementPolicy : 'Enforce')"),
    HOSTNAME(
            "spec.placement.exposure.hostname",
            "hostnames",
            "variables.hostname != ''",
            "has(g.hostnames) && g.hostnames.exists(p, p.startsWith('*.') ? variables.hostname.matches('^[^.]+\\\\Q' + p.substring(1) + '\\\\E$') : p == variables.hostname)",
            "variables.hostname"),
    TLS_SECRET(
            "spec.placement.exposure.tlsSecretName",
            "tlsSecretNames",
            "variables.tlsSecret != ''",
            "has(g.tlsSecretNames) && variables.tlsSecret in g.tlsSecretNames",
            "variables.tlsSecret"),
    PARENT_REF(
            "spec.placement.exposure.parentRef",
            "parentRefs",
            "variables.parent != ''",
            "has(g.parentRefs) && g.parentRefs.exists(p, p.namespace + '/' + p.name == variables.parent)",
            "variables.parent"),
    PLAINTEXT(
            "spec.placement.exposure.plaintext",
            "plaintext",
            "variables.plaintext",
            "has(g.plaintext) && g.plaintext",
            "'true'"),
    SHARED_CACHE(
            "spec.contract.response.cache.scope",
            "sharedCache",
            "has(self.contract.response) && has(self.contract.response.cache) && has(self.contract.response.cache.scope) && self.contract.response.cache.scope != 'Subject'",
            "has(g.sharedCache) && g.sharedCache",
            "self.contract.response.cache.scope"),
    GATEWAY_REPLICAS(
            "spec.placement.gateway.maxReplicas",
            "maxGatewayReplicas",
            "true",
            "variables.gatewayReplicas <= (has(g.maxGatewayReplicas) ? g.maxGatewayReplicas : 20)",
            "string(variables.gatewayReplicas)");

    private final String path;
    private final String list;
    private final String applies;
    private final String covers;
    private final String value;

    GrantRule(String path, String list, String applies, String covers, String value) {
        this.path = path;
        this.list = list;
        this.applies = applies;
        this.covers = covers;
        this.value = value;
    }

    /** The endpoint's field. */
    public String path() {
        return path;
    }

    /** The grant's field. */
    public String list() {
        return list;
    }

    /** CEL: whether the endpoint asks for anything of the kind. */
    public String applies() {
        return applies;
    }

    /** CEL: whether the grant covers what it asks for. */
    public String covers() {
        return covers;
    }

    /** CEL: what it asks for, as text. */
    public String value() {
        return value;
    }
}
