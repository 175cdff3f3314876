package dev.secureprediction.sandbox.node.volume;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.ServiceAccountTokenProjection;
import io.fabric8.kubernetes.api.model.authentication.TokenRequestBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Tokens of a pod's service account, bound to the pod, asked for anew when most of their life is over. */
final class PodTokens {

    private static final long DEFAULT_SECONDS = 3600;

    private final KubernetesClient client;
    private final double refreshAfter;
    private final Map<String, Issued> issued = new HashMap<>();

    /** Kubelets refresh after 0.8 of the life. */
    PodTokens(KubernetesClient client, double refreshAfter) {
        this.client = client;
        this.refreshAfter = refreshAfter;
    }

    /** The token for one projected file. */
    String token(Pod pod, ServiceAccountTokenProjection projection) throws MountException {
        var known = issued.get(projection.getPath());
        if (known != null && Instant.now().isBefore(known.refreshAt())) {
            return known.token();
        }
        var fresh = request(pod, projection);
        issued.put(projection.getPath(), fresh);
        return fresh.token();
    }

    private Issued request(Pod pod, ServiceAccountTokenProjection projection) throws MountException {
        var metadata = pod.getMetadata();
        var account = pod.getSpec().getServiceAccountName();
        var audience = Optional.ofNullable(projection.getAudience()).filter(name -> !name.isEmpty());
        var request = new TokenRequestBuilder()
                .withNewSpec()
                .withAudiences(audience.map(List::of).orElse(List.of()))
                .withExpirationSeconds(
                        Optional.ofNullable(projection.getExpirationSeconds()).orElse(DEFAULT_SECONDS))
                .withNewBoundObjectRef()
                .withApiVersion("v1")
                .withKind("Pod")
                .withName(metadata.getName())
                .withUid(metadata.getUid())
                .endBoundObjectRef()
                .endSpec()
                .build();
        try {
            var now = Instant.now();
            var status = client.serviceAccounts()
                    .inNamespace(metadata.getNamespace())
                    .withName(account)
                    .tokenRequest(request)
                    .getStatus();
            var life = Duration.between(now, Instant.parse(status.getExpirationTimestamp()));
            return new Issued(status.getToken(), now.plusMillis((long) (life.toMillis() * refreshAfter)));
        } catch (KubernetesClientException e) {
            throw new MountException("no token for service account " + account + ": " + e.getMessage(), e);
        }
    }

    private record Issued(String token, Instant refreshAt) {

        @Override
        public String toString() {
            return "Issued[redacted, " + refreshAt + "]";
        }
    }
}
