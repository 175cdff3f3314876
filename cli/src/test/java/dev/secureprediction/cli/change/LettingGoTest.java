package dev.secureprediction.cli.change;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.secureprediction.operator.api.v1alpha1.PredictionEnvironment;
import dev.secureprediction.operator.api.v1alpha1.SecurePredictionEndpoint;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.StatusBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.server.mock.EnableKubernetesMockClient;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The platform team leaves: what is refused is said at once, what takes a moment is waited for. */
@EnableKubernetesMockClient(crud = true)
@SuppressWarnings("NullAway.Init") // the extension sets server and client
@Timeout(60)
final class LettingGoTest {

    private static final String API = "/apis/secureprediction.dev/v1alpha1";
    private static final Duration LONG = Duration.ofMinutes(10);

    private KubernetesMockServer server;
    private KubernetesClient client;

    @Test
    void whatAPolicyKeepsIsToldAtOnce() {
        var chat = created(SecurePredictionEndpoint.class, """
                apiVersion: secureprediction.dev/v1alpha1
                kind: SecurePredictionEndpoint
                metadata: {name: chat, namespace: team}
                """);
        var path = API + "/namespaces/team/securepredictionendpoints/chat";
        server.expect()
                .delete()
                .withPath(path)
                .andReturn(
                        422,
                        new StatusBuilder()
                                .withCode(422)
                                .withStatus("Failure")
                                .withMessage("policy 'freeze' denied request: nothing goes before Christmas")
                                .build())
                .always();

        assertThatThrownBy(() -> new LettingGo(client, LONG).endpoints(List.of(chat)))
                .isInstanceOf(KubernetesClientException.class)
                .hasMessageContaining("nothing goes before Christmas");
        assertThat(requests()).containsOnlyOnce("DELETE " + path);
    }

    /** That it waits while the count falls is shown on a real API server, by CommandsIT: this one cannot be watched. */
    @Test
    void anEnvironmentThatStillCountsEndpointsWhenTimeIsUpIsLeftAlone() {
        var unused = created(PredictionEnvironment.class, environment("qa", 0));
        client.resource(unused).updateStatus();
        var counting = created(PredictionEnvironment.class, environment("staging", 2));
        client.resource(counting).updateStatus();

        var left = new LettingGo(client, Duration.ofSeconds(3)).environments(List.of(unused, counting));

        assertThat(left).containsExactly(counting);
        assertThat(requests().stream().filter(request -> request.startsWith("DELETE")))
                .containsExactly("DELETE " + API + "/predictionenvironments/qa");
    }

    private <R extends HasMetadata> R created(Class<R> type, String yaml) {
        var resource = Serialization.unmarshal(yaml, type);
        client.resource(resource).create();
        return resource;
    }

    private static String environment(String name, int endpoints) {
        return """
                apiVersion: secureprediction.dev/v1alpha1
                kind: PredictionEnvironment
                metadata: {name: %s}
                status: {conditions: [], endpoints: %d}
                """.formatted(name, endpoints);
    }

    /** Those since the last time. */
    private List<String> requests() {
        List<String> requests = new ArrayList<>();
        try {
            for (var next = server.takeRequest(50, TimeUnit.MILLISECONDS);
                    next != null;
                    next = server.takeRequest(50, TimeUnit.MILLISECONDS)) {
                requests.add(next.getMethod() + " " + next.getPath());
            }
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
        return requests;
    }
}
