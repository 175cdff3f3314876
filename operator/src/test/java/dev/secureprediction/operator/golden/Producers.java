package dev.secureprediction.operator.golden;

import static org.assertj.core.api.Assertions.assertThat;

import dev.secureprediction.operator.api.v1alpha1.status.EndpointStatus;
import dev.secureprediction.operator.cloud.Preflight;
import dev.secureprediction.operator.plan.DesiredState;
import dev.secureprediction.operator.plan.EndpointPlan;
import dev.secureprediction.operator.resolve.EndpointResolver;
import dev.secureprediction.operator.resolve.EnvironmentResolution;
import dev.secureprediction.operator.resolve.EnvironmentResolver;
import dev.secureprediction.operator.resolve.Problem;
import dev.secureprediction.operator.resolve.Resolution;
import dev.secureprediction.operator.status.CloudReport;
import dev.secureprediction.operator.status.EnvironmentProjector;
import dev.secureprediction.operator.status.Observed;
import dev.secureprediction.operator.status.Projection;
import dev.secureprediction.operator.status.StatusProjector;
import dev.secureprediction.policy.codec.PolicyCodec;
import dev.secureprediction.policy.model.PolicyBundle;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Everything that a scenario's outputs can be; a new kind of output is one line here. */
final class Producers {

    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-22T12:00:00Z"), ZoneOffset.UTC);

    static final List<Producer> ALL = List.of(
            Producer.of("out-resolution.yaml", Producers::resolution),
            Producer.of("out-environment.yaml", Producers::environment),
            Producer.of("out-environment-status.yaml", Producers::environmentStatus),
            Producer.of("out-policy.json", Producers::policy),
            Producer.of(
                    "out-issuer-keys.yaml",
                    scenario -> Yaml.write(state(scenario).issuerKeys())),
            Producer.of(
                    "out-revocations.yaml",
                    scenario -> Yaml.write(state(scenario).revocations())),
            Producer.of("out-cloud.yaml", scenario -> Yaml.write(state(scenario).cloud())),
            Producer.of("out-gateway.yaml", Producers::gateway),
            Producer.of(
                    "out-effective.yaml", scenario -> Yaml.write(state(scenario).effective())),
            Producer.of("out-status.yaml", Producers::status),
            new KubernetesProducer());

    private Producers() {}

    /** What is wanted; a scenario that is refused has none of it. */
    static DesiredState state(Scenario scenario) {
        EndpointPlan plan = scenario.plan();
        assertThat(plan).isInstanceOf(EndpointPlan.Wanted.class);
        return ((EndpointPlan.Wanted) plan).state();
    }

    private static String resolution(Scenario scenario) {
        return switch (EndpointResolver.resolve(scenario.inputs())) {
            case Resolution.Refused refused -> problems(refused.getClass().getSimpleName(), refused.problems());
            case Resolution.Resolved resolved -> {
                Map<String, Object> out = new LinkedHashMap<>();
                out.put("is", "Resolved");
                out.put("model", resolved.model());
                out.put("location", resolved.location());
                out.put("surfaces", resolved.surfaces());
                out.put("roles", resolved.roles());
                out.put("grant", resolved.grant().orElseThrow());
                yield Yaml.write(out);
            }
        };
    }

    private static String environment(Scenario scenario) {
        return switch (EnvironmentResolver.resolve(scenario.environmentInputs())) {
            case EnvironmentResolution.Rejected rejected -> problems("Rejected", rejected.problems());
            case EnvironmentResolution.Accepted accepted ->
                Yaml.write(Map.of(
                        "is",
                        "Accepted",
                        "chain",
                        accepted.chain().stream()
                                .map(upstream -> upstream.getMetadata().getName())
                                .toList()));
        };
    }

    private static String environmentStatus(Scenario scenario) {
        var inputs = scenario.environmentInputs();
        Preflight cloud = scenario.optional("in-cloud.yaml", Preflight.class).orElseThrow();
        return projection(new EnvironmentProjector(CLOCK)
                .project(inputs, EnvironmentResolver.resolve(inputs), cloud, 3, Optional.empty(), Optional.empty())
                .status());
    }

    private static String problems(String kind, List<Problem> problems) {
        Map<String, Object> out = new LinkedHashMap<>();
        out.put("is", kind);
        out.put("problems", problems);
        return Yaml.write(out);
    }

    /** What a gateway would load; it must be able to. */
    private static String policy(Scenario scenario) {
        PolicyBundle bundle = state(scenario).bundle();
        byte[] written = PolicyCodec.write(bundle);
        assertThat(PolicyCodec.read(written)).isEqualTo(bundle);
        return Yaml.pretty(written);
    }

    private static String gateway(Scenario scenario) {
        DesiredState state = state(scenario);
        Map<String, Object> out = new LinkedHashMap<>();
        out.put("url", state.url());
        out.put("gateway", state.gateway());
        return Yaml.write(out);
    }

    /** Projecting again onto the result must change nothing. */
    private static String status(Scenario scenario) {
        EndpointPlan plan = scenario.plan();
        Observed observed = scenario.observed();
        Projection<EndpointStatus> projection = new StatusProjector(CLOCK).project(plan, observed);
        plan.inputs().endpoint().setStatus(projection.status());
        Projection<EndpointStatus> again = new StatusProjector(LATER).project(plan, withoutDrift(observed));
        assertThat(again.changed()).as("a second look writes").isFalse();
        assertThat(again.status()).isSameAs(projection.status());
        return projection(projection);
    }

    /** What was put back in the first round is not found again in the second. */
    private static Observed withoutDrift(Observed observed) {
        CloudReport cloud = observed.cloud();
        CloudReport settled = new CloudReport(
                cloud.read(),
                cloud.identity(),
                cloud.endpoint(),
                cloud.endpointResource(),
                cloud.deployedModel(),
                cloud.modelVersion(),
                cloud.pendingOperation(),
                cloud.excessPermissions(),
                cloud.unread(),
                cloud.drift().stream().filter(drift -> !drift.reverted()).toList());
        return new Observed(settled, observed.gateway(), observed.probe(), observed.deleting());
    }

    private static final Clock LATER = Clock.offset(CLOCK, java.time.Duration.ofHours(1));

    private static String projection(Projection<?> projection) {
        Map<String, Object> out = new LinkedHashMap<>();
        out.put("changed", projection.changed());
        out.put("events", projection.events());
        out.put("status", projection.status());
        return Yaml.write(out);
    }
}
