package dev.secureprediction.operator.api;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.secureprediction.sandbox.cluster.ControlPlane;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.List;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Somebody applies a resource that cannot be right, and the API server says which field and what to do. */
@ExtendWith(ApiServer.class)
@ResourceLock(ApiServer.LOCK)
final class InvalidResourcesIT {

    private final KubernetesClient client;

    InvalidResourcesIT(ControlPlane cluster) {
        this.client = cluster.client();
    }

    static List<InvalidResource> resources() {
        return InvalidResource.all();
    }

    @ParameterizedTest
    @MethodSource("resources")
    void isRefusedWithTheReason(InvalidResource resource) {
        var documents = resource.documents();
        documents.subList(0, documents.size() - 1).forEach(before -> apply(Serialization.asYaml(before), false));

        assertThatThrownBy(() -> apply(Serialization.asYaml(documents.getLast()), true))
                .isInstanceOf(KubernetesClientException.class)
                .hasMessageContaining(resource.expectation());
    }

    private void apply(String yaml, boolean dryRun) {
        client.resource(Serialization.unmarshal(yaml, GenericKubernetesResource.class))
                .dryRun(dryRun)
                .fieldManager("somebody")
                .forceConflicts()
                .serverSideApply();
    }
}
