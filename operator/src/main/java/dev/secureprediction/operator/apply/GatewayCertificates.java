package dev.secureprediction.operator.apply;

import dev.secureprediction.operator.api.v1alpha1.Reason;
import dev.secureprediction.operator.plan.DesiredGateway;
import dev.secureprediction.operator.plan.Tls;
import dev.secureprediction.operator.probe.ServerTrust;
import dev.secureprediction.operator.render.AuthoritySecret;
import dev.secureprediction.operator.render.GatewayTlsSecret;
import dev.secureprediction.operator.render.SecretData;
import dev.secureprediction.operator.resolve.Problem;
import dev.secureprediction.operator.tls.AuthorityChain;
import dev.secureprediction.operator.tls.InvalidPemException;
import dev.secureprediction.operator.tls.Leaf;
import dev.secureprediction.operator.tls.Pem;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Where gateways' certificates come from: the operator, or a secret that the platform keeps. */
public final class GatewayCertificates {

    private static final String TLS_TYPE = "kubernetes.io/tls";
    private static final String SECRET_FIELD = "spec.placement.exposure.tlsSecretName";

    private final KubernetesClient client;
    private final AuthorityStore authorities;
    private final Clock clock;

    public GatewayCertificates(KubernetesClient client, AuthorityStore authorities, Clock clock) {
        this.client = client;
        this.authorities = authorities;
        this.clock = clock;
    }

    /**
     * What the gateway's TLS comes to now.
     *
     * @param existing the Secret of the operator's making, as it stands
     */
    TlsMaterial material(DesiredGateway gateway, Optional<Secret> existing) {
        return switch (gateway.tls()) {
            case Tls.Plaintext ignored -> TlsMaterial.PLAINTEXT;
            case Tls.Made made -> made(gateway, made.dnsNames(), existing);
            case Tls.Provided provided -> provided(gateway, provided.secretName());
        };
    }

    private TlsMaterial made(DesiredGateway gateway, List<String> dnsNames, Optional<Secret> existing) {
        try {
            var chain = authorities.authorities(gateway.namespace());
            var leaf = chain.current(
                    existing.flatMap(secret -> Leaf.read(SecretData.decoded(secret))), dnsNames, clock.instant());
            return new TlsMaterial(
                    Optional.of(GatewayTlsSecret.of(gateway, leaf, chain)),
                    Optional.of(new ServerTrust(chain.certificates(), dnsNames.getFirst())),
                    Optional.of(chain.certificatesPem()),
                    Optional.empty());
        } catch (InvalidPemException e) {
            return TlsMaterial.failed(new Problem(
                    Reason.ClusterRefused,
                    "spec.gatewayNamespace",
                    "secret " + gateway.namespace() + "/" + AuthoritySecret.NAME + " cannot be read: " + e.getMessage()
                            + "; restore it, or delete it to have a new authority made"));
        }
    }

    private TlsMaterial provided(DesiredGateway gateway, String name) {
        var secret =
                client.secrets().inNamespace(gateway.namespace()).withName(name).get();
        if (secret == null || !TLS_TYPE.equals(secret.getType())) {
            return missing(
                    name,
                    "does not exist in " + gateway.namespace() + " as a secret of type " + TLS_TYPE + "; create it");
        }
        try {
            var data = SecretData.decoded(secret);
            var anchors = new ArrayList<X509Certificate>(Pem.readCertificates(data.getOrDefault(Leaf.CERTIFICATE, "")));
            if (anchors.isEmpty()) {
                return missing(name, "holds no certificate under tls.crt; put one there");
            }
            anchors.addAll(Pem.readCertificates(data.getOrDefault(AuthorityChain.CERTIFICATES, "")));
            var hostname = gateway.hostname()
                    .or(() ->
                            Leaf.dnsNames(anchors.getFirst()).stream().sorted().findFirst());
            return new TlsMaterial(
                    Optional.empty(),
                    hostname.map(host -> new ServerTrust(anchors, host)),
                    Optional.empty(),
                    Optional.empty());
        } catch (InvalidPemException e) {
            return missing(name, "cannot be read: " + e.getMessage() + "; correct it");
        }
    }

    private static TlsMaterial missing(String name, String why) {
        return TlsMaterial.failed(
                new Problem(Reason.CertificateNotFound, SECRET_FIELD, "secret '" + name + "' " + why));
    }
}
