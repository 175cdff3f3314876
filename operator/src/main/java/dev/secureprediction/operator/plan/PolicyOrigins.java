package dev.secureprediction.operator.plan;

import dev.secureprediction.operator.api.v1alpha1.Defaults;
import dev.secureprediction.operator.api.v1alpha1.endpoint.Contract;
import dev.secureprediction.operator.api.v1alpha1.endpoint.RequestRules;
import dev.secureprediction.operator.api.v1alpha1.endpoint.Timeouts;
import dev.secureprediction.operator.plan.EffectiveValue.Origin;
import dev.secureprediction.operator.resolve.Resolution;
import java.util.Optional;

/** Where the values of a policy came from, for people who ask why. */
final class PolicyOrigins {

    private final Resolution.Resolved resolved;
    private final EffectiveValues effective;

    PolicyOrigins(Resolution.Resolved resolved, EffectiveValues effective) {
        this.resolved = resolved;
        this.effective = effective;
    }

    void note() {
        var spec = resolved.inputs().endpoint().getSpec();
        Contract contract = spec.contract();
        boolean ownLocation = spec.placementOrDefault().location() != null;
        effective.note("placement.location", resolved.location(), ownLocation ? Origin.Endpoint : Origin.Environment);
        effective.note(
                "contract.surfaces",
                resolved.surfaces(),
                contract.surfaces().isEmpty() ? Origin.Default : Origin.Endpoint);
        RequestRules request = contract.requestOrDefault();
        effective.choose("contract.request.maxBytes", request.maxBytes(), Optional.empty(), Defaults.MAX_REQUEST_BYTES);
        timeouts(contract.timeoutsOrDefault());
        Optional.ofNullable(resolved.environment().getSpec().requireOrDefault().maxTokenLifetimeSeconds())
                .ifPresent(seconds -> effective.note("maxTokenLifetimeSeconds", seconds, Origin.Environment));
    }

    private void timeouts(Timeouts asked) {
        String path = "contract.timeouts.";
        effective.choose(
                path + "connectMilliseconds",
                asked.connectMilliseconds(),
                Optional.empty(),
                Defaults.CONNECT_MILLISECONDS);
        effective.choose(
                path + "firstByteMilliseconds",
                asked.firstByteMilliseconds(),
                Optional.empty(),
                Defaults.FIRST_BYTE_MILLISECONDS);
        effective.choose(
                path + "idleMilliseconds", asked.idleMilliseconds(), Optional.empty(), Defaults.IDLE_MILLISECONDS);
        effective.choose(
                path + "totalMilliseconds", asked.totalMilliseconds(), Optional.empty(), Defaults.TOTAL_MILLISECONDS);
    }
}
