package dev.secureprediction.cli.promotion;

import com.fasterxml.jackson.databind.JsonNode;
import dev.secureprediction.operator.api.v1alpha1.ConditionType;
import dev.secureprediction.operator.api.v1alpha1.Conditions;
import dev.secureprediction.operator.api.v1alpha1.PredictionEnvironment;
import dev.secureprediction.operator.api.v1alpha1.SecurePredictionEndpoint;
import dev.secureprediction.operator.api.v1alpha1.status.Condition;
import dev.secureprediction.operator.api.v1alpha1.status.EndpointStatus;
import dev.secureprediction.operator.plan.ContractDigest;
import dev.secureprediction.operator.resolve.Application;
import dev.secureprediction.operator.resolve.ResourceJson;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Each application in each environment, the first environment of a chain first.
 *
 * @param rows sorted by application, then along the chain
 */
record SideBySide(List<Row> rows) {

    private static final int SHORT = 11;

    SideBySide {
        rows = List.copyOf(rows);
    }

    /**
     * One endpoint.
     *
     * @param tenant whose it is; empty where the namespace does not say
     * @param contract digest of what is asked for
     * @param admitted digest of what gateways serve; empty while nothing does
     * @param state of its consistency with the environment before, and since when
     * @param waiting why it is not Ready; empty when it is
     */
    record Row(
            String tenant,
            String application,
            String environment,
            String endpoint,
            String contract,
            String admitted,
            String state,
            String since,
            List<String> differs,
            JsonNode placement,
            String waiting) {

        boolean isPending() {
            return !contract.equals(admitted);
        }

        static String shown(String digest) {
            return digest.isEmpty() ? "-" : digest.substring(0, Math.min(SHORT, digest.length()));
        }
    }

    /** Puts them side by side; an application of that name only, where one is given. */
    static SideBySide of(
            List<PredictionEnvironment> environments,
            List<SecurePredictionEndpoint> endpoints,
            Map<String, Map<String, String>> namespaceLabels,
            Optional<String> application) {
        Map<String, PredictionEnvironment> byName = new HashMap<>();
        environments.forEach(environment -> byName.put(environment.getMetadata().getName(), environment));
        List<Row> rows = new ArrayList<>();
        for (SecurePredictionEndpoint endpoint : endpoints) {
            rows.add(row(endpoint, byName, namespaceLabels));
        }
        rows.removeIf(row ->
                application.filter(name -> !name.equals(row.application())).isPresent());
        rows.sort(Comparator.comparing(Row::tenant)
                .thenComparing(Row::application)
                .thenComparingInt(row -> depth(row.environment(), byName))
                .thenComparing(Row::environment)
                .thenComparing(Row::endpoint));
        return new SideBySide(rows);
    }

    private static Row row(
            SecurePredictionEndpoint endpoint,
            Map<String, PredictionEnvironment> environments,
            Map<String, Map<String, String>> namespaceLabels) {
        String namespace = endpoint.getMetadata().getNamespace();
        String environment = endpoint.getSpec().environmentRef().name();
        String label = Optional.ofNullable(environments.get(environment))
                .map(found -> found.getSpec().tenantLabelOrDefault())
                .orElse("");
        EndpointStatus status = endpoint.getStatus() == null ? EndpointStatus.EMPTY : endpoint.getStatus();
        Optional<Condition> consistent = Conditions.find(status.conditions(), ConditionType.Consistent);
        boolean isReady = Conditions.isTrue(status.conditions(), ConditionType.Ready);
        return new Row(
                namespaceLabels.getOrDefault(namespace, Map.of()).getOrDefault(label, ""),
                Application.nameOf(endpoint),
                environment,
                namespace + "/" + endpoint.getMetadata().getName(),
                ContractDigest.ifAny(endpoint.getSpec().contract()).orElse(""),
                Objects.requireNonNullElse(status.admittedContractDigest(), ""),
                consistent.map(Condition::reason).orElse("-"),
                consistent.map(Condition::lastTransitionTime).orElse("-"),
                status.consistency() == null ? List.of() : status.consistency().differingPaths(),
                ResourceJson.ofPart(endpoint.getSpec().placementOrDefault()),
                isReady
                        ? ""
                        : Conditions.find(status.conditions(), ConditionType.Ready)
                                .map(ready -> ready.reason() + ": " + ready.message())
                                .orElse("no operator has looked at it yet"));
    }

    /** How many environments are before one; bounded, since a chain may be a circle by mistake. */
    private static int depth(String environment, Map<String, PredictionEnvironment> byName) {
        int depth = 0;
        Optional<String> next = before(environment, byName);
        while (next.isPresent() && depth <= byName.size()) {
            depth++;
            next = before(next.get(), byName);
        }
        return depth;
    }

    private static Optional<String> before(String environment, Map<String, PredictionEnvironment> byName) {
        return Optional.ofNullable(byName.get(environment))
                .flatMap(found -> Optional.ofNullable(found.getSpec().promotesFrom()))
                .map(from -> from.environment());
    }
}
