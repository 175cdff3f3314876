package dev.secureprediction.operator.apply;

import dev.secureprediction.operator.cloud.Difference;
import dev.secureprediction.operator.probe.ServerTrust;
import dev.secureprediction.operator.resolve.Problem;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.List;
import java.util.Optional;

/**
 * What applying a gateway's objects came to.
 *
 * @param complete whether the API server took all of them
 * @param objects the wanted objects; empty when refused
 * @param trust how to recognise the gateway; absent for plaintext
 * @param authorityPem what callers should trust, where the operator makes the certificate
 * @param problem what a person must act on
 * @param routeProblem why callers do not come to it by the route that was asked for; the gateway itself is none the worse
 * @param differences what was not as wanted, whether or not it was put right
 */
public record GatewayApplied(
        boolean complete,
        List<HasMetadata> objects,
        Optional<ServerTrust> trust,
        Optional<String> authorityPem,
        Optional<Problem> problem,
        Optional<Problem> routeProblem,
        List<Difference> differences) {

    public GatewayApplied {
        objects = List.copyOf(objects);
        differences = List.copyOf(differences);
    }

    static GatewayApplied refused(Problem problem) {
        return new GatewayApplied(
                false,
                List.of(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(problem),
                Optional.empty(),
                List.of());
    }
}
