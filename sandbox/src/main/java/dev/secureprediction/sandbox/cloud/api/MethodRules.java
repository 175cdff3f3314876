package dev.secureprediction.sandbox.cloud.api;

import dev.secureprediction.sandbox.cloud.observe.Quota;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/** Which permissions each method needs; a method that is not here is refused as unimplemented. */
final class MethodRules {
    private static final String ENDPOINTS = "google.cloud.aiplatform.v1.EndpointService/";
    private static final String MODELS = "google.cloud.aiplatform.v1.ModelService/";
    private static final String IAM = "google.iam.admin.v1.IAM/";
    private static final String POLICY = "google.iam.v1.IAMPolicy/";
    private static final String PROJECTS = "google.cloud.resourcemanager.v3.Projects/";
    private static final String OPERATIONS = "google.longrunning.Operations/";

    private final Map<String, MethodRule> rules = new HashMap<>();

    MethodRules() {
        endpoints();
        accounts();
        roles();
        policies();
    }

    Optional<MethodRule> find(String fullMethod) {
        return Optional.ofNullable(rules.get(fullMethod));
    }

    /** Every method that has a rule, sorted. */
    SortedSet<String> methods() {
        return new TreeSet<>(rules.keySet());
    }

    /** Every permission that a method or a prediction needs, sorted. */
    SortedSet<String> permissions() {
        SortedSet<String> all = new TreeSet<>(Set.of("aiplatform.endpoints.predict"));
        rules.values().forEach(rule -> all.addAll(rule.permissions()));
        return all;
    }

    private void endpoints() {
        operation(ENDPOINTS + "CreateEndpoint", "parent", "aiplatform.endpoints.create");
        read(ENDPOINTS + "GetEndpoint", "name", "aiplatform.endpoints.get");
        read(ENDPOINTS + "ListEndpoints", "parent", "aiplatform.endpoints.list");
        rule(
                ENDPOINTS + "UpdateEndpoint",
                "endpoint.name",
                true,
                Quota.VERTEX_REQUESTS,
                "aiplatform.endpoints.get",
                "aiplatform.endpoints.update");
        operation(ENDPOINTS + "DeleteEndpoint", "name", "aiplatform.endpoints.delete");
        operation(ENDPOINTS + "DeployModel", "endpoint", "aiplatform.endpoints.deploy");
        operation(ENDPOINTS + "UndeployModel", "endpoint", "aiplatform.endpoints.undeploy");
        operation(ENDPOINTS + "MutateDeployedModel", "endpoint", "aiplatform.endpoints.deploy");
        read(MODELS + "GetModel", "name", "aiplatform.models.get");
        read(MODELS + "ListModels", "parent", "aiplatform.models.list");
        read(MODELS + "ListModelVersions", "name", "aiplatform.models.list");
        read(OPERATIONS + "GetOperation", "name", "aiplatform.endpoints.get");
        read(OPERATIONS + "ListOperations", "name", "aiplatform.endpoints.get");
    }

    private void accounts() {
        write(IAM + "CreateServiceAccount", "name", "iam.serviceAccounts.create");
        unlimited(IAM + "GetServiceAccount", "name", "iam.serviceAccounts.get");
        unlimited(IAM + "ListServiceAccounts", "name", "iam.serviceAccounts.list");
        rule(
                IAM + "PatchServiceAccount",
                "service_account.name",
                true,
                Quota.IAM_WRITES,
                "iam.serviceAccounts.get",
                "iam.serviceAccounts.update");
        write(IAM + "DeleteServiceAccount", "name", "iam.serviceAccounts.delete");
        write(IAM + "UndeleteServiceAccount", "name", "iam.serviceAccounts.undelete");
        write(IAM + "EnableServiceAccount", "name", "iam.serviceAccounts.enable");
        write(IAM + "DisableServiceAccount", "name", "iam.serviceAccounts.disable");
        unlimited(IAM + "GetIamPolicy", "resource", "iam.serviceAccounts.getIamPolicy");
        write(IAM + "SetIamPolicy", "resource", "iam.serviceAccounts.setIamPolicy");
        unlimited(IAM + "TestIamPermissions", "resource");
        unlimited(IAM + "ListServiceAccountKeys", "name", "iam.serviceAccountKeys.list");
        write(IAM + "CreateServiceAccountKey", "name", "iam.serviceAccountKeys.create");
        write(IAM + "DeleteServiceAccountKey", "name", "iam.serviceAccountKeys.delete");
    }

    private void roles() {
        unlimited(IAM + "GetRole", "name", "iam.roles.get");
        unlimited(IAM + "ListRoles", "parent", "iam.roles.list");
        unlimited(IAM + "QueryTestablePermissions", "full_resource_name");
        write(IAM + "CreateRole", "parent", "iam.roles.create");
        write(IAM + "UpdateRole", "name", "iam.roles.update");
        write(IAM + "DeleteRole", "name", "iam.roles.delete");
        write(IAM + "UndeleteRole", "name", "iam.roles.undelete");
    }

    private void policies() {
        read(POLICY + "GetIamPolicy", "resource", "aiplatform.endpoints.getIamPolicy");
        rule(POLICY + "SetIamPolicy", "resource", true, Quota.VERTEX_REQUESTS, "aiplatform.endpoints.setIamPolicy");
        read(POLICY + "TestIamPermissions", "resource");
        unlimited(PROJECTS + "GetProject", "name", "resourcemanager.projects.get");
        unlimited(PROJECTS + "GetIamPolicy", "resource", "resourcemanager.projects.getIamPolicy");
        write(PROJECTS + "SetIamPolicy", "resource", "resourcemanager.projects.setIamPolicy");
        unlimited(PROJECTS + "TestIamPermissions", "resource");
    }

    private void operation(String method, String field, String permission) {
        rule(method, field, true, Quota.OPERATIONS, permission);
    }

    private void read(String method, String field, String... permissions) {
        rule(method, field, false, Quota.VERTEX_REQUESTS, permissions);
    }

    private void write(String method, String field, String permission) {
        rule(method, field, true, Quota.IAM_WRITES, permission);
    }

    private void unlimited(String method, String field, String... permissions) {
        rules.put(method, new MethodRule(field, List.of(permissions), false, Optional.empty()));
    }

    private void rule(String method, String field, boolean mutating, Quota quota, String... permissions) {
        rules.put(method, new MethodRule(field, Arrays.stream(permissions).toList(), mutating, Optional.of(quota)));
    }
}
