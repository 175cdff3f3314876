package dev.secureprediction.operator.plan;

import dev.secureprediction.operator.api.v1alpha1.PredictionEnvironment;
import dev.secureprediction.operator.api.v1alpha1.SecurePredictionEndpoint;
import dev.secureprediction.operator.api.v1alpha1.endpoint.Contract;
import dev.secureprediction.operator.api.v1alpha1.endpoint.Placement;
import dev.secureprediction.operator.api.v1alpha1.endpoint.SecurePredictionEndpointSpec;
import dev.secureprediction.operator.promotion.Admitted;
import dev.secureprediction.operator.promotion.History;
import dev.secureprediction.operator.resolve.EndpointInputs;
import dev.secureprediction.operator.resolve.EnvironmentInputs;
import dev.secureprediction.operator.resolve.Floors;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What is made true: usually what is asked for. After a refused edit, or while a contract is held, what was accepted last,
 * compiled with the environment as it is now.
 *
 * @param spec what the state was planned from
 * @param state what should exist
 * @param history what was admitted, this among it
 */
public record InForce(SecurePredictionEndpointSpec spec, DesiredState state, History history) {

    /** Empty when nothing was ever accepted, or the environment no longer allows that either. */
    public static Optional<InForce> of(EndpointPlan asked) {
        return switch (asked) {
            case EndpointPlan.Wanted wanted -> Optional.of(admitted(wanted));
            case EndpointPlan.Held held -> held.serving();
            case EndpointPlan.Refused refused -> afterRefusal(refused.inputs());
        };
    }

    private static InForce admitted(EndpointPlan.Wanted wanted) {
        var inputs = wanted.inputs();
        SecurePredictionEndpointSpec spec = inputs.endpoint().getSpec();
        History history = inputs.promotion()
                .history()
                .following(
                        new Admitted(
                                wanted.state().contractDigest(),
                                wanted.state().gateway().image(),
                                spec.contract(),
                                wanted.admission().by(),
                                wanted.admission().basis(),
                                inputs.promotion().now(),
                                0),
                        referenced(inputs));
        return new InForce(spec, wanted.state(), history);
    }

    /** What keeps serving while something else waits at the gate. */
    static Optional<InForce> whileHeld(EndpointInputs inputs) {
        return inputs.promotion().history().latest().flatMap(latest -> {
            SecurePredictionEndpointSpec asked = inputs.endpoint().getSpec();
            Optional<SecurePredictionEndpointSpec> recorded = inputs.promotion().inForce();
            Stream<EndpointInputs> placedAnew =
                    Stream.of(inputs.with(about(inputs.endpoint(), held(asked, recorded, latest.contract()))));
            Stream<EndpointInputs> asItServes = recorded
                    .map(spec -> with(spec, latest.contract(), spec.placement(), asked))
                    .map(spec -> inputs.serving().with(about(inputs.endpoint(), spec)))
                    .stream();
            return Stream.concat(placedAnew, asItServes)
                    .flatMap(former -> EndpointPlan.ungated(former)
                            .map(state -> new InForce(
                                    former.endpoint().getSpec(),
                                    state.withImage(latest.image()),
                                    inputs.promotion().history().kept(referenced(inputs))))
                            .stream())
                    .findFirst();
        });
    }

    private static Optional<InForce> afterRefusal(EndpointInputs inputs) {
        SecurePredictionEndpointSpec asked = inputs.endpoint().getSpec();
        return inputs.promotion().inForce().flatMap(spec -> {
            var former = about(inputs.endpoint(), with(spec, spec.contract(), spec.placement(), asked));
            EndpointInputs tolerant = inputs.environment()
                    .map(environment -> inputs.with(withoutWeakening(environment)))
                    .orElse(inputs);
            EndpointPlan plan = EndpointPlan.of(tolerant.serving().with(former));
            return plan instanceof EndpointPlan.Refused ? Optional.empty() : of(plan);
        });
    }

    /** An edit that requires less than the environment before does not take effect: the stricter of both holds on. */
    private static EnvironmentInputs withoutWeakening(EnvironmentInputs inputs) {
        var strict = new PredictionEnvironment();
        strict.setMetadata(inputs.environment().getMetadata());
        strict.setStatus(inputs.environment().getStatus());
        var spec = inputs.environment().getSpec();
        for (PredictionEnvironment upstream : inputs.upstreams().values()) {
            spec = spec.withRequire(
                    Floors.strictest(spec.requireOrDefault(), upstream.getSpec().requireOrDefault()));
        }
        strict.setSpec(spec);
        return inputs.with(strict);
    }

    /** The contract that was admitted, what it needs of its placement, and the rest of the placement as it is asked now. */
    private static SecurePredictionEndpointSpec held(
            SecurePredictionEndpointSpec asked, Optional<SecurePredictionEndpointSpec> recorded, Contract contract) {
        Placement now = asked.placementOrDefault();
        Optional<Placement> before = recorded.map(SecurePredictionEndpointSpec::placementOrDefault);
        Map<String, String> bindings =
                new TreeMap<>(before.map(Placement::bindings).orElse(Map.of()));
        bindings.putAll(now.bindings());
        var placement = new Placement(
                now.location(),
                bindings,
                before.map(Placement::model).orElse(now.model()),
                now.endpoint(),
                now.gateway(),
                now.exposure(),
                now.allowFrom());
        return with(asked, contract, placement, asked);
    }

    /** Who is revoked is never held back with an edit. */
    private static SecurePredictionEndpointSpec with(
            SecurePredictionEndpointSpec spec,
            Contract contract,
            @Nullable Placement placement,
            SecurePredictionEndpointSpec asked) {
        return new SecurePredictionEndpointSpec(
                spec.environmentRef(),
                spec.managementPolicy(),
                contract,
                placement,
                asked.revoked(),
                spec.adoption(),
                spec.deletionPolicy(),
                spec.approvedPlanHash());
    }

    private static SecurePredictionEndpoint about(
            SecurePredictionEndpoint endpoint, SecurePredictionEndpointSpec spec) {
        var former = new SecurePredictionEndpoint();
        former.setMetadata(endpoint.getMetadata());
        former.setSpec(spec);
        former.setStatus(endpoint.getStatus());
        return former;
    }

    /** Contracts that an endpoint of the application asks for or serves, anywhere. */
    public static Set<String> referenced(EndpointInputs inputs) {
        return inputs.promotion().family().stream()
                .flatMap(endpoint -> Stream.concat(
                        ContractDigest.ifAny(endpoint.getSpec().contract()).stream(),
                        Stream.ofNullable(
                                endpoint.getStatus() == null
                                        ? null
                                        : endpoint.getStatus().admittedContractDigest())))
                .collect(Collectors.toUnmodifiableSet());
    }
}
