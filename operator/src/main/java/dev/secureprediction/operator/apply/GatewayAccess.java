package dev.secureprediction.operator.apply;

import io.fabric8.kubernetes.api.model.authorization.v1.SelfSubjectAccessReviewBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether the operator may work in a gateway namespace. It has no rights over all namespaces; the platform team binds its role
 * in each gateway namespace.
 */
public final class GatewayAccess {

    /** The role that is bound, as `operator.yaml` has it. */
    public static final String ROLE = "secure-prediction-gateways";

    private static final Logger LOG = LoggerFactory.getLogger(GatewayAccess.class);
    private static final String ACCOUNT = "secure-prediction-operator";
    private static final Duration GRANTED = Duration.ofSeconds(30);
    private static final Duration DENIED = Duration.ofSeconds(2);

    private final KubernetesClient client;
    private final String operatorNamespace;
    private final Clock clock;
    private final Map<String, Answer> known = new ConcurrentHashMap<>();

    private record Answer(boolean granted, Instant until) {}

    public GatewayAccess(KubernetesClient client, String operatorNamespace, Clock clock) {
        this.client = client;
        this.operatorNamespace = operatorNamespace;
        this.clock = clock;
    }

    /** The line that grants what is missing; empty where nothing is. While the API server does not answer nothing is. */
    public Optional<String> missing(String namespace) {
        Answer answer = known.compute(
                namespace,
                (name, before) -> before != null && clock.instant().isBefore(before.until()) ? before : ask(name));
        return answer.granted()
                ? Optional.empty()
                : Optional.of("kubectl create rolebinding " + ACCOUNT + " --namespace=" + namespace + " --clusterrole="
                        + ROLE + " --serviceaccount=" + operatorNamespace + ":" + ACCOUNT);
    }

    /** One right stands for all: the role has it, and nothing that an operator happens to be given does. */
    private Answer ask(String namespace) {
        boolean granted;
        try {
            granted = Boolean.TRUE.equals(client.authorization()
                    .v1()
                    .selfSubjectAccessReview()
                    .create(new SelfSubjectAccessReviewBuilder()
                            .withNewSpec()
                            .withNewResourceAttributes()
                            .withNamespace(namespace)
                            .withVerb("create")
                            .withResource("secrets")
                            .endResourceAttributes()
                            .endSpec()
                            .build())
                    .getStatus()
                    .getAllowed());
        } catch (KubernetesClientException e) {
            LOG.warn("rights in namespace {} could not be asked for: {}", namespace, e.getMessage());
            granted = true;
        }
        return new Answer(granted, clock.instant().plus(granted ? GRANTED : DENIED));
    }
}
