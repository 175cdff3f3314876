package dev.secureprediction.operator.apply;

import dev.secureprediction.operator.render.Labels;
import dev.secureprediction.operator.tls.AuthorityChain;
import dev.secureprediction.operator.tls.InvalidPemException;
import dev.secureprediction.operator.tls.Leaf;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The operator's own server certificate; its authority is published in a ConfigMap for callers to trust. */
public final class OperatorCertificate {

    /** Name of the Service and of the ConfigMap with `ca.crt`. */
    public static final String NAME = "secure-prediction-operator";

    private final KubernetesClient client;
    private final AuthorityStore authorities;
    private final String namespace;
    private final Clock clock;

    public OperatorCertificate(KubernetesClient client, AuthorityStore authorities, String namespace, Clock clock) {
        this.client = client;
        this.authorities = authorities;
        this.namespace = namespace;
        this.clock = clock;
    }

    /** The certificate as it should be now; the given one while it serves. */
    public Optional<Leaf> current(Optional<Leaf> inUse) {
        try {
            AuthorityChain chain = authorities.authorities(namespace);
            Leaf leaf = chain.current(inUse, names(), clock.instant());
            if (inUse.filter(leaf::equals).isPresent()) {
                return inUse;
            }
            client.resource(new ConfigMapBuilder()
                            .withNewMetadata()
                            .withName(NAME)
                            .withNamespace(namespace)
                            .withLabels(Map.of(Labels.MANAGED_BY, Labels.OPERATOR))
                            .endMetadata()
                            .withData(Map.of(AuthorityChain.CERTIFICATES, chain.certificatesPem()))
                            .build())
                    .fieldManager(Labels.OPERATOR)
                    .forceConflicts()
                    .serverSideApply();
            return Optional.of(leaf);
        } catch (InvalidPemException e) {
            throw new IllegalStateException("the authority in namespace " + namespace + " was damaged", e);
        }
    }

    private List<String> names() {
        String service = NAME + "." + namespace;
        return List.of(service + ".svc", service + ".svc.cluster.local", service, "localhost");
    }
}
