package dev.secureprediction.operator.apply;

import dev.secureprediction.operator.api.v1alpha1.Reason;
import dev.secureprediction.operator.api.v1alpha1.SecurePredictionEndpoint;
import dev.secureprediction.operator.cloud.Difference;
import dev.secureprediction.operator.plan.DesiredGateway;
import dev.secureprediction.operator.plan.DesiredState;
import dev.secureprediction.operator.promotion.History;
import dev.secureprediction.operator.render.AdmittedRevision;
import dev.secureprediction.operator.render.GatewayManifest;
import dev.secureprediction.operator.render.GatewayPolicy;
import dev.secureprediction.operator.render.GatewayRecord;
import dev.secureprediction.operator.render.GatewayRoute;
import dev.secureprediction.operator.render.GatewayTlsSecret;
import dev.secureprediction.operator.render.Peers;
import dev.secureprediction.operator.render.RecordedState;
import dev.secureprediction.operator.resolve.Problem;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import java.net.HttpURLConnection;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Makes a gateway's objects as wanted, and nothing else. */
public final class GatewayApplier {

    private final GatewayObjects objects;
    private final GatewayCertificates certificates;
    private final Peers peers;

    public GatewayApplier(GatewayObjects objects, GatewayCertificates certificates, Peers peers) {
        this.objects = objects;
        this.certificates = certificates;
        this.peers = peers;
    }

    /**
     * One round. A refusal of the API server is a value.
     *
     * @param record what to keep of it
     * @param history what was admitted
     * @throws KubernetesClientException when the API server did not answer, or somebody else was quicker
     */
    public GatewayApplied apply(
            SecurePredictionEndpoint endpoint,
            RecordedState record,
            History history,
            DesiredState state,
            Context<SecurePredictionEndpoint> context) {
        var gateway = state.gateway();
        try {
            // before anything that it must be able to take away again
            keep(gateway, record, context);
            var tls = certificates.material(gateway, objects.secret(endpoint, GatewayTlsSecret.name(gateway)));
            var wanted = new ArrayList<HasMetadata>();
            tls.secret().ifPresent(wanted::add);
            history.entries().forEach(entry -> wanted.add(AdmittedRevision.of(gateway, entry)));
            GatewayRoute.authority(gateway, tls.authorityPem()).ifPresent(wanted::add);
            wanted.addAll(servable(state));
            var differences = new ArrayList<Difference>();
            for (var object : wanted) {
                objects.apply(object, context).ifPresent(differences::add);
            }
            wanted.add(GatewayRecord.of(gateway, record, peers.operatorNamespace()));
            objects.prune(endpoint, wanted, context.getClient());
            return new GatewayApplied(
                    true,
                    List.copyOf(wanted),
                    tls.trust(),
                    tls.authorityPem(),
                    tls.problem(),
                    objects.routeProblem(endpoint, gateway),
                    differences);
        } catch (ForeignObjectException e) {
            return GatewayApplied.refused(
                    new Problem(Reason.ClusterRefused, "spec.gatewayNamespace", String.valueOf(e.getMessage())));
        } catch (KubernetesClientException e) {
            return GatewayApplied.refused(problem(e, gateway.namespace()));
        }
    }

    /** Writes the record down. */
    public void keep(DesiredGateway gateway, RecordedState record, Context<SecurePredictionEndpoint> context) {
        objects.apply(GatewayRecord.of(gateway, record, peers.operatorNamespace()), context);
    }

    /**
     * Looks and writes nothing but who is revoked: that is never held back. Before there is a gateway there is nothing to
     * look at.
     */
    public GatewayApplied look(
            SecurePredictionEndpoint endpoint, DesiredState state, Context<SecurePredictionEndpoint> context) {
        var gateway = state.gateway();
        var policy = objects.configMap(endpoint, gateway.name());
        if (policy.isEmpty()) {
            return new GatewayApplied(
                    false,
                    List.of(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    List.of());
        }
        objects.apply(GatewayPolicy.revoking(state, policy.get()), context);
        var tls = certificates.material(gateway, objects.secret(endpoint, GatewayTlsSecret.name(gateway)));
        var wanted = servable(state);
        var differences = wanted.stream()
                .flatMap(object -> objects.difference(object, context).stream())
                .toList();
        return new GatewayApplied(
                true,
                wanted,
                tls.trust(),
                tls.authorityPem(),
                tls.problem(),
                objects.routeProblem(endpoint, gateway),
                differences);
    }

    /** Without what this cluster does not serve, which is told apart. */
    private List<HasMetadata> servable(DesiredState state) {
        return GatewayManifest.of(state, peers).stream()
                .filter(object -> !GatewayRoute.isOfGatewayApi(object) || objects.serveRoutes())
                .toList();
    }

    /** What a person must act on; anything else is thrown on, to be tried again. */
    private static Problem problem(KubernetesClientException e, String namespace) {
        int code = e.getCode();
        if (code == HttpURLConnection.HTTP_NOT_FOUND) {
            return new Problem(
                    Reason.GatewayNamespaceNotFound,
                    "spec.gatewayNamespace",
                    "namespace '" + namespace + "' does not exist; create it");
        }
        if (code == HttpURLConnection.HTTP_FORBIDDEN || code == 422 || code == HttpURLConnection.HTTP_BAD_REQUEST) {
            var said = Optional.ofNullable(e.getStatus().getMessage()).orElse("no message");
            return new Problem(Reason.ClusterRefused, "spec.gatewayNamespace", "the API server refused: " + said);
        }
        throw e;
    }
}
