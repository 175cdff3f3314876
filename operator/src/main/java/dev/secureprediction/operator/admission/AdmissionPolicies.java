package dev.secureprediction.operator.admission;

import dev.secureprediction.operator.api.v1alpha1.ApiGroup;
import dev.secureprediction.operator.api.v1alpha1.Defaults;
import dev.secureprediction.operator.resolve.Floors;
import dev.secureprediction.operator.resolve.GrantRule;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.MatchCondition;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.ValidatingAdmissionPolicy;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.ValidatingAdmissionPolicyBindingBuilder;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.ValidatingAdmissionPolicyBuilder;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.Validation;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.Variable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The policies and their bindings. Every environment is a parameter, and each rule passes for those that the endpoint does not
 * name; one that names none passes here and is refused at reconcile time. Edits that leave the spec as it is always pass, so
 * that a grant taken back later stops nobody from removing a finalizer.
 */
public final class AdmissionPolicies {

    private static final String GRANTS = "secure-prediction-grants";
    private static final String FLOORS = "secure-prediction-floors";
    private static final String IN_USE = "secure-prediction-environments-in-use";

    private static final String IS_MINE = "params.metadata.name != object.spec.environmentRef.name || ";
    private static final String IS_BEFORE =
            "!has(object.spec.promotesFrom) || params.metadata.name != object.spec.promotesFrom.environment || ";
    private static final String IS_FOR =
            "g.namespaces.matchLabels.all(k, has(namespaceObject.metadata.labels) && k in namespaceObject.metadata.labels"
                    + " && namespaceObject.metadata.labels[k] == g.namespaces.matchLabels[k])";

    private AdmissionPolicies() {}

    /** All of them, in the order in which they are applied. */
    public static List<HasMetadata> all() {
        return List.of(
                grants(),
                binding(GRANTS, true),
                floors(),
                binding(FLOORS, true),
                environmentsInUse(),
                binding(IN_USE, false));
    }

    private static ValidatingAdmissionPolicy grants() {
        List<Validation> rules = new ArrayList<>();
        rules.add(rule(
                IS_MINE + "params.spec.allow.exists(g, " + IS_FOR + ")",
                "'metadata.namespace: no grant of environment ' + params.metadata.name + ' is for namespace ' +"
                        + " namespaceObject.metadata.name + '; ask the platform team'"));
        for (GrantRule row : GrantRule.values()) {
            rules.add(rule(
                    IS_MINE + "!(" + cel(row.applies()) + ") || params.spec.allow.exists(g, " + IS_FOR + " && ("
                            + cel(row.covers()) + "))",
                    "'" + row.path() + ": ' + " + cel(row.value())
                            + " + ' is not covered by ' + 'spec.allow[]." + row.list()
                            + " of environment ' + params.metadata.name + '; use what is, or ask the platform team'"));
        }
        rules.add(rule(
                IS_MINE + "params.spec.allow.exists(g, " + IS_FOR + " && " + allRows() + ")",
                "'spec: no single grant of environment ' + params.metadata.name + ' covers all of it; grants are not"
                        + " added up'"));
        return policy(GRANTS, "securepredictionendpoints", List.of("CREATE", "UPDATE"), rules)
                .editSpec()
                .withVariables(variables())
                .withMatchConditions(condition("edited", "oldObject == null || object.spec != oldObject.spec"))
                .endSpec()
                .build();
    }

    private static String allRows() {
        return Arrays.stream(GrantRule.values())
                .map(row -> "(!(" + cel(row.applies()) + ") || (" + cel(row.covers()) + "))")
                .collect(Collectors.joining(" && "));
    }

    private static List<Variable> variables() {
        String placement = "has(object.spec.placement)";
        String endpoint = placement + " && has(object.spec.placement.endpoint)";
        String exposure = placement + " && has(object.spec.placement.exposure)";
        return List.of(
                new Variable(
                        "has(object.spec.contract.model.publisher) ? 'publishers/' + object.spec.contract.model.publisher.publisher"
                                + " + '/models/' + object.spec.contract.model.publisher.name : has(object.spec.contract.model.deployed)"
                                + " ? object.spec.contract.model.deployed.name : object.spec.contract.model.existing.name",
                        "model"),
                new Variable(
                        endpoint + " && has(object.spec.placement.endpoint.machineType) ?"
                                + " object.spec.placement.endpoint.machineType : '" + Defaults.MACHINE_TYPE + "'",
                        "machineType"),
                replicas(endpoint, "endpoint", "endpointReplicas"),
                replicas(placement + " && has(object.spec.placement.gateway)", "gateway", "gatewayReplicas"),
                new Variable(
                        exposure
                                + " && has(object.spec.placement.exposure.hostname) ? object.spec.placement.exposure.hostname : ''",
                        "hostname"),
                new Variable(
                        exposure + " && has(object.spec.placement.exposure.tlsSecretName) ?"
                                + " object.spec.placement.exposure.tlsSecretName : ''",
                        "tlsSecret"),
                new Variable(
                        exposure + " && has(object.spec.placement.exposure.parentRef) ?"
                                + " object.spec.placement.exposure.parentRef.namespace + '/' + object.spec.placement.exposure.parentRef.name : ''",
                        "parent"),
                new Variable(
                        exposure
                                + " && has(object.spec.placement.exposure.plaintext) && object.spec.placement.exposure.plaintext",
                        "plaintext"));
    }

    /** The larger of both bounds; 0 where neither is given. */
    private static Variable replicas(String has, String part, String name) {
        String path = "object.spec.placement." + part;
        return new Variable(
                has + " ? [has(" + path + ".minReplicas) ? " + path + ".minReplicas : 0, has(" + path
                        + ".maxReplicas) ? " + path + ".maxReplicas : 0].max() : 0",
                name);
    }

    private static ValidatingAdmissionPolicy floors() {
        List<Validation> rules = Floors.ALL.stream()
                .map(FloorExpression::new)
                .map(floor -> rule(IS_BEFORE + "(" + floor.holds() + ")", floor.message()))
                .toList();
        return policy(FLOORS, "predictionenvironments", List.of("CREATE", "UPDATE"), rules)
                .editSpec()
                .withMatchConditions(condition("edited", "oldObject == null || object.spec != oldObject.spec"))
                .endSpec()
                .build();
    }

    /** By the count that the operator keeps, since a policy on cluster-scoped objects cannot look at namespaced ones. */
    private static ValidatingAdmissionPolicy environmentsInUse() {
        String endpoints = "has(oldObject.status) && has(oldObject.status.endpoints)";
        return policy(
                        IN_USE,
                        "predictionenvironments",
                        List.of("DELETE"),
                        List.of(rule(
                                "!(" + endpoints + ") || oldObject.status.endpoints == 0",
                                "'environment ' + oldObject.metadata.name + ' still has ' + string(oldObject.status.endpoints)"
                                        + " + ' endpoints; delete those first'")))
                .editSpec()
                .withParamKind(null)
                .endSpec()
                .build();
    }

    private static String cel(String expression) {
        return expression.replace("self.", "object.spec.");
    }

    private static Validation rule(String expression, String message) {
        var rule = new Validation();
        rule.setExpression(expression);
        rule.setMessageExpression(message);
        return rule;
    }

    private static MatchCondition condition(String name, String expression) {
        return new MatchCondition(expression, name);
    }

    private static ValidatingAdmissionPolicyBuilder policy(
            String name, String plural, List<String> operations, List<Validation> rules) {
        return new ValidatingAdmissionPolicyBuilder()
                .withNewMetadata()
                .withName(name)
                .endMetadata()
                .withNewSpec()
                .withFailurePolicy("Fail")
                .withNewParamKind(ApiGroup.NAME + "/" + ApiGroup.VERSION, "PredictionEnvironment")
                .withNewMatchConstraints()
                .addNewResourceRule()
                .withApiGroups(ApiGroup.NAME)
                .withApiVersions(ApiGroup.VERSION)
                .withOperations(operations)
                .withResources(plural)
                .endResourceRule()
                .endMatchConstraints()
                .withValidations(rules)
                .endSpec();
    }

    private static HasMetadata binding(String name, boolean byEnvironment) {
        var binding = new ValidatingAdmissionPolicyBindingBuilder()
                .withNewMetadata()
                .withName(name)
                .endMetadata()
                .withNewSpec()
                .withPolicyName(name)
                .withValidationActions("Deny")
                .endSpec();
        if (byEnvironment) {
            binding.editSpec()
                    .withNewParamRef()
                    .withSelector(new LabelSelector())
                    .withParameterNotFoundAction("Allow")
                    .endParamRef()
                    .endSpec();
        }
        return binding.build();
    }
}
