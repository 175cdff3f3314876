package dev.secureprediction.operator.api.crd;

import dev.secureprediction.operator.api.v1alpha1.PredictionEnvironment;
import dev.secureprediction.operator.api.v1alpha1.PredictionVerification;
import dev.secureprediction.operator.api.v1alpha1.SecurePredictionEndpoint;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.List;

/**
 * A kind, with what no annotation of the generator can say.
 *
 * @param resource its class
 * @param description what `kubectl explain` says of it
 * @param columns columns of `kubectl get`, in order
 * @param atomicObjects objects that have one owner as a whole: a key that someone adds by hand would otherwise survive
 *     the self-healing of a delivery tool
 */
record Kind(
        Class<? extends HasMetadata> resource, String description, List<Column> columns, List<String> atomicObjects) {

    /** In the order in which the reference describes them. */
    static final List<Kind> ALL = List.of(environment(), endpoint(), verification());

    Kind {
        columns = List.copyOf(columns);
        atomicObjects = List.copyOf(atomicObjects);
    }

    private static Kind environment() {
        return new Kind(
                PredictionEnvironment.class,
                "One environment: its Google Cloud project, whom it trusts, and what application teams may do in it. Owned by the platform team.",
                List.of(
                        Column.condition("Ready"),
                        Column.text("Project", ".spec.google.project"),
                        Column.text("From", ".spec.promotesFrom.environment"),
                        Column.number("Endpoints", ".status.endpoints"),
                        Column.age()),
                List.of("spec.require", "spec.promotesFrom.verifiers.jwks", "status.verifierKeys"));
    }

    private static Kind endpoint() {
        return new Kind(
                SecurePredictionEndpoint.class,
                "One model, who may call it, and where it runs in one environment. Owned by the application team.",
                List.of(
                        Column.condition("Ready"),
                        Column.text("Environment", ".spec.environmentRef.name"),
                        Column.text("Model", ".spec.contract.model.*.name"),
                        Column.text("Contract", ".status.contract"),
                        Column.condition("Consistent"),
                        Column.text("URL", ".status.url"),
                        Column.age()),
                List.of(
                        "spec.contract",
                        "spec.contract.request.schema",
                        "spec.contract.verification.canary.body",
                        "spec.placement.bindings"));
    }

    private static Kind verification() {
        return new Kind(
                PredictionVerification.class,
                "A signed record that a contract was verified in an environment. Written by the operator, or applied from git in another cluster; immutable.",
                List.of(
                        new Column("Valid", "boolean", ".status.valid"),
                        Column.text("Reason", ".status.reason"),
                        Column.age()),
                List.of("status.decoded"));
    }

    /** A column of `kubectl get`. */
    record Column(String name, String type, String jsonPath) {

        static Column text(String name, String jsonPath) {
            return new Column(name, "string", jsonPath);
        }

        static Column number(String name, String jsonPath) {
            return new Column(name, "integer", jsonPath);
        }

        static Column condition(String type) {
            return text(type, ".status.conditions[?(@.type==\"" + type + "\")].status");
        }

        static Column age() {
            return new Column("Age", "date", ".metadata.creationTimestamp");
        }
    }
}
