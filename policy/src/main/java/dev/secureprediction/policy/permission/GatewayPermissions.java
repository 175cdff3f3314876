package dev.secureprediction.policy.permission;

import dev.secureprediction.policy.model.Model;
import dev.secureprediction.policy.model.Surface;
import java.util.List;
import java.util.stream.Stream;

/**
 * The one table of what a gateway's Google account needs for each surface and kind of model, and of tripwires: permissions
 * that it must not have. {@code docs/reference/permissions.md} is generated from here, gateways ask Google about themselves
 * with it, and the invoker role is held against it.
 */
public final class GatewayPermissions {

    /** What every call to a model needs (Vertex AI access control, predict and generateContent alike). */
    public static final String PREDICT = "aiplatform.endpoints.predict";

    /** Would let whoever steals the gateway change what it serves, or pass its access on. */
    private static final List<String> ON_ENDPOINT = List.of(
            "aiplatform.endpoints.delete",
            "aiplatform.endpoints.deploy",
            "aiplatform.endpoints.setIamPolicy",
            "aiplatform.endpoints.undeploy",
            "aiplatform.endpoints.update");

    private static final List<String> ON_PROJECT = List.of(
            "aiplatform.endpoints.create",
            "aiplatform.endpoints.delete",
            "aiplatform.endpoints.deploy",
            "aiplatform.endpoints.setIamPolicy",
            "aiplatform.models.upload",
            "iam.roles.update",
            "iam.serviceAccountKeys.create",
            "iam.serviceAccounts.actAs",
            "iam.serviceAccounts.getAccessToken",
            "iam.serviceAccounts.setIamPolicy",
            "resourcemanager.projects.setIamPolicy");

    private GatewayPermissions() {}

    /** Whether a model is called through an endpoint of a project or by its publisher's name. */
    public enum ModelKind {
        /** Deployed to an endpoint; the role is bound on that endpoint. */
        Endpoint,
        /** Of the Model Garden; the role is bound on the project, as Google knows no narrower place. */
        Publisher
    }

    /** Where Google is asked. */
    public enum Place {
        /** The endpoint. */
        Endpoint,
        /** The project that calls are made in. */
        Project
    }

    /**
     * One question to testIamPermissions.
     *
     * @param place on which resource
     * @param needed what must be answered
     * @param tripwires what must not
     */
    public record Question(Place place, List<String> needed, List<String> tripwires) {

        /** Keeps copies. */
        public Question {
            needed = List.copyOf(needed);
            tripwires = List.copyOf(tripwires);
        }
    }

    /** The kind of a policy's model. */
    public static ModelKind kind(Model model) {
        return switch (model) {
            case Model.Endpoint ignored -> ModelKind.Endpoint;
            case Model.Publisher ignored -> ModelKind.Publisher;
        };
    }

    /** What calls of a surface need upstream; empty where the surface cannot carry the kind of model. */
    public static List<String> needed(Surface surface, ModelKind kind) {
        return switch (surface) {
            case VertexPredict, OpenAIChat -> List.of(PREDICT);
            case GeminiGenerate, AnthropicMessages -> kind == ModelKind.Publisher ? List.of(PREDICT) : List.of();
            case OpenInference, KServeV1 -> kind == ModelKind.Endpoint ? List.of(PREDICT) : List.of();
        };
    }

    /** What a gateway asks about itself. */
    public static List<Question> questions(ModelKind kind) {
        return switch (kind) {
            // predict on the whole project would reach every other endpoint there
            case Endpoint ->
                List.of(
                        new Question(Place.Endpoint, List.of(PREDICT), ON_ENDPOINT),
                        new Question(Place.Project, List.of(), with(PREDICT)));
            case Publisher -> List.of(new Question(Place.Project, List.of(PREDICT), ON_PROJECT));
        };
    }

    private static List<String> with(String permission) {
        return Stream.concat(Stream.of(permission), ON_PROJECT.stream()).toList();
    }
}
