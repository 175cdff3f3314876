package dev.secureprediction.sandbox.cloud;

import com.google.iam.v1.Binding;
import dev.secureprediction.sandbox.cloud.CloudSeed.Account;
import dev.secureprediction.sandbox.cloud.CloudSeed.CustomRole;
import dev.secureprediction.sandbox.cloud.CloudSeed.Grant;
import dev.secureprediction.sandbox.cloud.CloudSeed.ModelVersion;
import dev.secureprediction.sandbox.cloud.CloudSeed.Serving;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The landscape of the samples. */
final class SandboxSeed {
    static final List<String> PUBLISHER_MODELS = List.of(
            "publishers/google/models/gemini-2.5-flash",
            "publishers/google/models/gemini-2.5-pro",
            "publishers/google/models/gemini-2.0-flash",
            "publishers/google/models/text-embedding-005",
            "publishers/anthropic/models/claude-sonnet-4",
            "publishers/anthropic/models/claude-sonnet-4-5@20250929");

    private static final String PLATFORM = "acme-platform";
    private static final String OPERATOR_ACCOUNT =
            "serviceAccount:secure-prediction-operator@" + PLATFORM + ".iam.gserviceaccount.com";
    private static final String OPERATOR_POD =
            "serviceAccount:" + PLATFORM + ".svc.id.goog[secure-prediction-system/secure-prediction-operator]";
    private static final String ADMINISTRATOR = "user:platform@example.com";
    private static final String LOCATION = "europe-west4";

    private static final List<String> OPERATOR_PERMISSIONS = List.of(
            "aiplatform.endpoints.create",
            "aiplatform.endpoints.delete",
            "aiplatform.endpoints.deploy",
            "aiplatform.endpoints.get",
            "aiplatform.endpoints.getIamPolicy",
            "aiplatform.endpoints.list",
            "aiplatform.endpoints.setIamPolicy",
            "aiplatform.endpoints.undeploy",
            "aiplatform.endpoints.update",
            "aiplatform.models.get",
            "iam.roles.get",
            "iam.serviceAccountKeys.delete",
            "iam.serviceAccountKeys.list",
            "iam.serviceAccounts.create",
            "iam.serviceAccounts.delete",
            "iam.serviceAccounts.get",
            "iam.serviceAccounts.getIamPolicy",
            "iam.serviceAccounts.list",
            "iam.serviceAccounts.setIamPolicy",
            "iam.serviceAccounts.undelete",
            "iam.serviceAccounts.update",
            "resourcemanager.projects.get",
            "resourcemanager.projects.getIamPolicy");

    private final Map<String, String> projects = new LinkedHashMap<>();
    private final List<Account> accounts = new ArrayList<>();
    private final List<CustomRole> roles = new ArrayList<>();
    private final List<Grant> grants = new ArrayList<>();
    private final List<ModelVersion> models = new ArrayList<>();

    private SandboxSeed() {}

    static CloudSeed make() {
        var seed = new SandboxSeed();
        seed.platform();
        seed.environment("acme-ml-qa", "100000000002");
        seed.environment("acme-ml-staging", "100000000003");
        seed.environment("acme-ml-production", "100000000004");
        return new CloudSeed(
                seed.projects,
                seed.accounts,
                seed.roles,
                seed.grants,
                seed.models,
                List.of(new Serving("acme-ml-qa", LOCATION, "fraud-scores", "2234567890@3")),
                PUBLISHER_MODELS);
    }

    private void platform() {
        projects.put(PLATFORM, "100000000001");
        accounts.add(new Account(PLATFORM, "secure-prediction-operator", "Secure Prediction operator"));
        String account = "projects/" + PLATFORM + "/serviceAccounts/secure-prediction-operator@" + PLATFORM
                + ".iam.gserviceaccount.com";
        grants.add(Grant.of("projects/" + PLATFORM, "roles/owner", ADMINISTRATOR));
        grants.add(Grant.of(account, "roles/iam.workloadIdentityUser", OPERATOR_POD));
    }

    private void environment(String project, String number) {
        String resource = "projects/" + project;
        String email = "spe-operator@" + project + ".iam.gserviceaccount.com";
        String invoker = resource + "/roles/securePredictionInvoker";
        projects.put(project, number);
        accounts.add(new Account(project, "spe-operator", "Secure Prediction operator, " + project));
        roles.add(new CustomRole(project, "securePredictionInvoker", List.of("aiplatform.endpoints.predict")));
        roles.add(new CustomRole(project, "securePredictionOperator", OPERATOR_PERMISSIONS));
        roles.add(new CustomRole(project, "securePredictionGrantor", List.of("resourcemanager.projects.setIamPolicy")));
        grants.add(Grant.of(resource, "roles/owner", ADMINISTRATOR));
        grants.add(Grant.of(resource, resource + "/roles/securePredictionOperator", "serviceAccount:" + email));
        grants.add(new Grant(
                resource,
                Binding.newBuilder()
                        .setRole(resource + "/roles/securePredictionGrantor")
                        .addMembers("serviceAccount:" + email)
                        .setCondition(CloudSeed.onlyGranting(List.of(invoker, "roles/modelarmor.user")))
                        .build()));
        grants.add(Grant.of(
                resource + "/serviceAccounts/" + email, "roles/iam.serviceAccountTokenCreator", OPERATOR_ACCOUNT));
        models.add(new ModelVersion(project, LOCATION, "1234567890", 1, "churn", "9f2c41d07be8"));
        models.add(new ModelVersion(project, LOCATION, "1234567890", 17, "churn", "9f2c41d07be85a63"));
        models.add(new ModelVersion(project, LOCATION, "1234567890", 18, "churn", "c07d1e9a5b2f4836"));
        models.add(new ModelVersion(project, LOCATION, "2234567890", 3, "fraud", "51ab09d3e7c24f68"));
    }
}
