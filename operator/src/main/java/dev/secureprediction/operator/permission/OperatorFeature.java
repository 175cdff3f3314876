package dev.secureprediction.operator.permission;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What the account that the operator impersonates needs in an environment's project, feature by feature, so that a platform
 * team can grant just what it uses.
 */
public enum OperatorFeature {
    Identity(
            "every environment: a service account per endpoint, and the proof of what it may do",
            "iam.roles.get",
            "iam.serviceAccounts.create",
            "iam.serviceAccounts.delete",
            "iam.serviceAccounts.get",
            "iam.serviceAccounts.getIamPolicy",
            "iam.serviceAccounts.setIamPolicy",
            "resourcemanager.projects.getIamPolicy"),
    Keys(
            "keys that somebody makes for such an account are found and deleted",
            "iam.serviceAccountKeys.delete",
            "iam.serviceAccountKeys.list"),
    Quotas(
            "a warning before a project has no room for another service account: condition `QuotaLeft`",
            "iam.serviceAccounts.list"),
    PublisherModels(
            "publisher models: the invoker role is bound on the project; conditioned on that role alone",
            "resourcemanager.projects.setIamPolicy"),
    ModelArmor(
            "guardrails that ask Model Armor: `roles/modelarmor.user` is bound on the project of its templates;"
                    + " conditioned on that role alone",
            "resourcemanager.projects.setIamPolicy"),
    ExistingEndpoints(
            "`existing` models: the invoker role is bound on somebody else's endpoint",
            "aiplatform.endpoints.get",
            "aiplatform.endpoints.getIamPolicy",
            "aiplatform.endpoints.setIamPolicy"),
    DeployedModels(
            "`deployed` models: endpoints are made, and models deployed to them",
            "aiplatform.endpoints.create",
            "aiplatform.endpoints.delete",
            "aiplatform.endpoints.deploy",
            "aiplatform.endpoints.get",
            "aiplatform.endpoints.getIamPolicy",
            "aiplatform.endpoints.setIamPolicy",
            "aiplatform.endpoints.undeploy",
            "aiplatform.endpoints.update",
            "aiplatform.models.get");

    private final String meaning;

    @SuppressWarnings("ImmutableEnumChecker") // made by List.of
    private final List<String> permissions;

    OperatorFeature(String meaning, String... permissions) {
        this.meaning = meaning;
        this.permissions = List.of(permissions);
    }

    /** What it is for, as a clause. */
    public String meaning() {
        return meaning;
    }

    /** What it needs, sorted. */
    public List<String> permissions() {
        return permissions;
    }

    /** Whether its grant should carry a condition, so that it stands in a role of its own. */
    public boolean conditioned() {
        return this == PublisherModels || this == ModelArmor;
    }

    /** What several need together. */
    public static SortedSet<String> permissions(Collection<OperatorFeature> features) {
        SortedSet<String> all = new TreeSet<>();
        features.forEach(feature -> all.addAll(feature.permissions));
        return all;
    }

    /** What the role holds that the install page makes: everything but what is conditioned. */
    public static SortedSet<String> role() {
        return permissions(Arrays.stream(values())
                .filter(feature -> !feature.conditioned())
                .toList());
    }
}
