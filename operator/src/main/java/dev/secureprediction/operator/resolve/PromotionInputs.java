package dev.secureprediction.operator.resolve;

import dev.secureprediction.operator.api.v1alpha1.PredictionEnvironment;
import dev.secureprediction.operator.api.v1alpha1.SecurePredictionEndpoint;
import dev.secureprediction.operator.api.v1alpha1.endpoint.SecurePredictionEndpointSpec;
import dev.secureprediction.operator.api.v1alpha1.environment.PromotesFrom;
import dev.secureprediction.operator.promotion.History;
import dev.secureprediction.operator.promotion.Records;
import dev.secureprediction.operator.promotion.TrustedKeys;
import dev.secureprediction.operator.promotion.Verdict;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What a promotion of an endpoint rests on.
 *
 * @param application which it is, and whose
 * @param tenantLabel the namespace label that says whose
 * @param history what was admitted for it
 * @param inForce the spec that was last made true
 * @param family all endpoints of the application, in every environment
 * @param peer the one in the environment before, where that can be seen
 * @param records what claims to be about the application in the environment before, judged
 * @param now the time of all this
 */
public record PromotionInputs(
        Application application,
        String tenantLabel,
        History history,
        Optional<SecurePredictionEndpointSpec> inForce,
        List<SecurePredictionEndpoint> family,
        Optional<Peer> peer,
        List<Verdict> records,
        Instant now) {

    public PromotionInputs {
        family = List.copyOf(family);
        records = List.copyOf(records);
    }

    static PromotionInputs gather(
            SecurePredictionEndpoint endpoint, Optional<PredictionEnvironment> environment, ClusterView cluster) {
        PromotionView view = cluster.promotion();
        Application application = Application.of(endpoint, cluster);
        List<SecurePredictionEndpoint> family = application.everywhere(cluster);
        Optional<PromotesFrom> from =
                environment.flatMap(own -> Optional.ofNullable(own.getSpec().promotesFrom()));
        return new PromotionInputs(
                application,
                Application.tenantLabel(endpoint, cluster),
                history(endpoint, view),
                view.inForce(
                        endpoint.getMetadata().getNamespace(),
                        endpoint.getMetadata().getName()),
                family,
                from.flatMap(upstream -> peer(family, upstream.environment(), view)),
                from.map(upstream -> records(upstream, application, view)).orElse(List.of()),
                view.now());
    }

    /** Those trusted, of the environment before and this application. */
    public List<Verdict.Trusted> trusted() {
        return records.stream()
                .filter(Verdict.Trusted.class::isInstance)
                .map(Verdict.Trusted.class::cast)
                .toList();
    }

    private static Optional<Peer> peer(List<SecurePredictionEndpoint> family, String environment, PromotionView view) {
        return family.stream()
                .filter(other -> other.getSpec().environmentRef().name().equals(environment))
                .filter(other -> other.getMetadata().getDeletionTimestamp() == null)
                .findFirst()
                .map(other -> new Peer(other, history(other, view)));
    }

    private static List<Verdict> records(PromotesFrom from, Application application, PromotionView view) {
        if (application.tenant().isEmpty()) {
            return List.of();
        }
        TrustedKeys keys = from.verifiers().isEmpty() ? view.ownKeys() : TrustedKeys.of(from.verifiers());
        Records.Subject subject =
                new Records.Subject(from.environment(), application.tenant().get(), application.name());
        return view.records(subject.application()).stream()
                .filter(signed -> Records.claimed(signed)
                        .filter(said -> said.environment().equals(subject.environment()))
                        .isPresent())
                .map(signed -> Records.judge(signed, keys, view.now(), subject))
                .toList();
    }

    private static History history(SecurePredictionEndpoint endpoint, PromotionView view) {
        return view.history(
                endpoint.getMetadata().getNamespace(), endpoint.getMetadata().getName());
    }
}
