package dev.secureprediction.sandbox.cloud;

import com.google.iam.v1.Binding;
import com.google.type.Expr;
import java.util.List;
import java.util.Map;

/**
 * What a cloud holds from the start: what a platform team makes beforehand with gcloud.
 *
 * @param projects numbers by id
 * @param accounts service accounts
 * @param roles custom roles
 * @param grants bindings, applied in order
 * @param models versions in the Model Registry
 * @param endpoints that serve from the start
 * @param publisherModels `publishers/PUBLISHER/models/MODEL` that every location serves
 */
public record CloudSeed(
        Map<String, String> projects,
        List<Account> accounts,
        List<CustomRole> roles,
        List<Grant> grants,
        List<ModelVersion> models,
        List<Serving> endpoints,
        List<String> publisherModels) {

    public CloudSeed {
        projects = Map.copyOf(projects);
        accounts = List.copyOf(accounts);
        roles = List.copyOf(roles);
        grants = List.copyOf(grants);
        models = List.copyOf(models);
        endpoints = List.copyOf(endpoints);
        publisherModels = List.copyOf(publisherModels);
    }

    /** A service account: `id@project.iam.gserviceaccount.com`. */
    public record Account(String project, String id, String displayName) {}

    /** `projects/project/roles/id`. */
    public record CustomRole(String project, String id, List<String> permissions) {

        public CustomRole {
            permissions = List.copyOf(permissions);
        }
    }

    /** A binding on a resource. */
    public record Grant(String resource, Binding binding) {

        static Grant of(String resource, String role, String member) {
            return new Grant(
                    resource,
                    Binding.newBuilder().setRole(role).addMembers(member).build());
        }
    }

    /**
     * A version of a model.
     *
     * @param fingerprint value of its label `secure-prediction-fingerprint`
     */
    public record ModelVersion(
            String project, String location, String id, int version, String displayName, String fingerprint) {}

    /**
     * An endpoint with one model on it.
     *
     * @param model `MODEL@VERSION`
     */
    public record Serving(String project, String location, String id, String model) {}

    /** Three projects for three environments, and one for the cluster, as the samples expect them. */
    public static CloudSeed sandbox() {
        return SandboxSeed.make();
    }

    /** Nothing but one project. */
    public static CloudSeed empty(String project, String number) {
        return new CloudSeed(
                Map.of(project, number),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                SandboxSeed.PUBLISHER_MODELS);
    }

    /** Lets a role's holder change the grants of these roles only. */
    static Expr onlyGranting(List<String> roles) {
        return Expr.newBuilder()
                .setTitle("only what gateways need")
                .setExpression("api.getAttribute('iam.googleapis.com/modifiedGrantsByRole', []).hasOnly(['"
                        + String.join("', '", roles)
                        + "'])")
                .build();
    }
}
