package dev.secureprediction.bench.operator;

import dev.secureprediction.policy.codec.InvalidPolicyException;
import dev.secureprediction.policy.codec.PolicyCodec;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ssl.SSLException;

/** What the operator has laid down for each gateway, by `namespace/name`. */
final class GatewayFiles implements AutoCloseable {
    private final Map<String, Policy> policies = new ConcurrentHashMap<>();
    private final Map<String, SslContext> contexts = new ConcurrentHashMap<>();
    private final List<SharedIndexInformer<?>> informers;
    private final KubernetesClient client;

    /** A policy and when it was seen first, in nano time. */
    private record Policy(String digest, long since) {}

    GatewayFiles(KubernetesClient client) {
        this.client = client;
        informers = Landscape.ENVIRONMENTS.stream()
                .<SharedIndexInformer<?>>map(environment -> client.configMaps()
                        .inNamespace(Landscape.gateways(environment))
                        .withLabel(HollowPods.NAME_LABEL, HollowPods.GATEWAY)
                        .inform(Handlers.of(this::policy)))
                .toList();
    }

    /** Of the policy that it would have loaded. */
    Optional<String> digest(String gateway) {
        return Optional.ofNullable(policies.get(gateway)).map(Policy::digest);
    }

    /** When the policy in force was seen first. */
    long since(String gateway) {
        return Optional.ofNullable(policies.get(gateway)).map(Policy::since).orElse(Long.MIN_VALUE);
    }

    SslContext tls(String gateway) {
        return contexts.computeIfAbsent(gateway, this::context);
    }

    private void policy(ConfigMap map) {
        String text = map.getData().get("policy.json");
        if (text == null) {
            return;
        }
        try {
            String digest = PolicyCodec.digest(PolicyCodec.read(text.getBytes(StandardCharsets.UTF_8)));
            policies.compute(
                    key(map),
                    (name, before) -> before != null && before.digest().equals(digest)
                            ? before
                            : new Policy(digest, System.nanoTime()));
        } catch (InvalidPolicyException e) {
            throw new IllegalStateException("a policy that no gateway would load: " + key(map), e);
        }
    }

    private SslContext context(String gateway) {
        String[] parts = gateway.split("/", 2);
        Secret secret = client.secrets()
                .inNamespace(parts[0])
                .withName(parts[1] + "-tls")
                .get();
        try {
            return SslContextBuilder.forServer(decoded(secret, "tls.crt"), decoded(secret, "tls.key"))
                    .sslProvider(SslProvider.JDK)
                    .build();
        } catch (SSLException e) {
            throw new IllegalStateException("the certificate of " + gateway + " cannot be used", e);
        }
    }

    private static InputStream decoded(Secret secret, String name) {
        return new ByteArrayInputStream(
                Base64.getDecoder().decode(secret.getData().get(name)));
    }

    private static String key(HasMetadata object) {
        return object.getMetadata().getNamespace() + "/" + object.getMetadata().getName();
    }

    @Override
    public void close() {
        informers.forEach(SharedIndexInformer::close);
    }
}
