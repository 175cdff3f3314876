package dev.secureprediction.operator.resolve;

import dev.secureprediction.operator.api.v1alpha1.ConditionType;
import dev.secureprediction.operator.api.v1alpha1.Conditions;
import dev.secureprediction.operator.api.v1alpha1.PredictionEnvironment;
import dev.secureprediction.operator.api.v1alpha1.Reason;
import dev.secureprediction.operator.api.v1alpha1.environment.IssuerSpec;
import dev.secureprediction.operator.api.v1alpha1.environment.PromotesFrom;
import dev.secureprediction.operator.api.v1alpha1.status.EnvironmentStatus;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** Checks what an environment's schema cannot say: its place in a chain, and fields that nothing implements yet. */
public final class EnvironmentResolver {

    private static final String UPSTREAM = "spec.promotesFrom.environment";

    private EnvironmentResolver() {}

    /** Everything wrong with it at once, or the chain it stands in. */
    public static EnvironmentResolution resolve(EnvironmentInputs inputs) {
        PredictionEnvironment environment = inputs.environment();
        List<Problem> problems = new ArrayList<>(UnsupportedFields.ofEnvironment(ResourceJson.of(environment)));
        namespaceProblem(inputs).ifPresent(problems::add);
        problems.addAll(clusterIssuerProblems(inputs));
        problems.addAll(GuardrailProblems.in(
                "spec.require.guardrails",
                environment.getSpec().requireOrDefault().guardrails()));
        List<PredictionEnvironment> chain = chain(inputs, problems);
        chain.forEach(upstream -> problems.addAll(sharedAudiences(environment, upstream)));
        List<Problem> weaker = weaker(environment, chain);
        if (!wasAccepted(environment)) {
            problems.addAll(weaker);
        }
        return problems.isEmpty()
                ? new EnvironmentResolution.Accepted(chain, weaker)
                : new EnvironmentResolution.Rejected(problems);
    }

    /** What is required less strictly than somewhere before; each requirement once, against the nearest. */
    private static List<Problem> weaker(PredictionEnvironment environment, List<PredictionEnvironment> chain) {
        Map<String, Problem> byPath = new LinkedHashMap<>();
        for (PredictionEnvironment upstream : chain) {
            Floors.weaker(
                            environment.getSpec().requireOrDefault(),
                            ResourceJson.ofPart(upstream.getSpec().requireOrDefault()),
                            upstream.getMetadata().getName())
                    .forEach(problem -> byPath.putIfAbsent(problem.path(), problem));
        }
        return List.copyOf(byPath.values());
    }

    /** This very text was accepted, so what conflicts with it came later and elsewhere. */
    private static boolean wasAccepted(PredictionEnvironment environment) {
        EnvironmentStatus status = environment.getStatus();
        return status != null
                && Conditions.find(status.conditions(), ConditionType.Accepted)
                        .filter(accepted -> accepted.status().equals(Conditions.TRUE))
                        .filter(accepted -> Objects.equals(
                                accepted.observedGeneration(),
                                environment.getMetadata().getGeneration()))
                        .isPresent();
    }

    private static Optional<Problem> namespaceProblem(EnvironmentInputs inputs) {
        String namespace = inputs.environment().getSpec().gatewayNamespace();
        if (!inputs.gatewayNamespaceExists()) {
            return Optional.of(new Problem(
                    Reason.GatewayNamespaceNotFound,
                    "spec.gatewayNamespace",
                    "namespace '" + namespace + "' does not exist; create it"));
        }
        return inputs.missingGrant()
                .map(line -> new Problem(
                        Reason.GatewayNamespaceNotGranted,
                        "spec.gatewayNamespace",
                        "the operator may not work in namespace '" + namespace + "'; run: " + line));
    }

    private static List<Problem> clusterIssuerProblems(EnvironmentInputs inputs) {
        if (inputs.clusterIssuer().isEmpty()) {
            return List.of();
        }
        String url = inputs.clusterIssuer().get().url();
        List<Problem> problems = new ArrayList<>();
        List<IssuerSpec> issuers = inputs.environment().getSpec().issuers();
        for (int i = 0; i < issuers.size(); i++) {
            if (issuers.get(i).kubernetes() != null && !issuers.get(i).url().equals(url)) {
                problems.add(new Problem(
                        Reason.InvalidSpec,
                        "spec.issuers[" + i + "].url",
                        "this cluster's tokens say iss '" + url + "'; use that, or remove kubernetes"));
            }
        }
        return problems;
    }

    private static List<PredictionEnvironment> chain(EnvironmentInputs inputs, List<Problem> problems) {
        String self = inputs.environment().getMetadata().getName();
        Map<String, PredictionEnvironment> upstreams = inputs.upstreams();
        Set<String> names = new LinkedHashSet<>();
        List<PredictionEnvironment> chain = new ArrayList<>();
        Optional<String> next = EnvironmentInputs.upstreamName(inputs.environment());
        next.filter(name -> !name.equals(self) && !upstreams.containsKey(name) && !isElsewhere(inputs.environment()))
                .ifPresent(name -> problems.add(new Problem(
                        Reason.UpstreamNotFound,
                        UPSTREAM,
                        "environment '" + name + "' does not exist; create it or correct the name")));
        while (next.isPresent()) {
            String name = next.get();
            if (name.equals(self) || !names.add(name)) {
                names.add(name);
                problems.add(new Problem(
                        Reason.UpstreamCycle,
                        UPSTREAM,
                        "a circle: " + self + " from " + String.join(" from ", names)
                                + "; make one of them the first, without promotesFrom"));
                return List.of();
            }
            Optional<PredictionEnvironment> upstream = Optional.ofNullable(upstreams.get(name));
            upstream.ifPresent(chain::add);
            next = upstream.flatMap(EnvironmentInputs::upstreamName);
        }
        return chain;
    }

    /** In another cluster, whose records are judged by the keys listed here. */
    private static boolean isElsewhere(PredictionEnvironment environment) {
        PromotesFrom from = environment.getSpec().promotesFrom();
        return from != null && !from.verifiers().isEmpty();
    }

    private static List<Problem> sharedAudiences(PredictionEnvironment environment, PredictionEnvironment upstream) {
        Set<String> taken = new HashSet<>();
        for (IssuerSpec issuer : upstream.getSpec().issuers()) {
            issuer.audiences().forEach(audience -> taken.add(pair(issuer, audience)));
        }
        List<Problem> problems = new ArrayList<>();
        List<IssuerSpec> issuers = environment.getSpec().issuers();
        for (int i = 0; i < issuers.size(); i++) {
            for (int j = 0; j < issuers.get(i).audiences().size(); j++) {
                String audience = issuers.get(i).audiences().get(j);
                if (taken.contains(pair(issuers.get(i), audience))) {
                    problems.add(new Problem(
                            Reason.SharedAudience,
                            "spec.issuers[" + i + "].audiences[" + j + "]",
                            "'" + audience + "' of this issuer is also accepted in environment '"
                                    + upstream.getMetadata().getName()
                                    + "', so its tokens would work here; give this environment its own"));
                }
            }
        }
        return problems;
    }

    private static String pair(IssuerSpec issuer, String audience) {
        return issuer.url() + " " + audience;
    }
}
