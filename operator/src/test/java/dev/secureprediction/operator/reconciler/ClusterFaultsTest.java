package dev.secureprediction.operator.reconciler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.awaitility.Awaitility.await;

import dev.secureprediction.operator.api.v1alpha1.Reason;
import dev.secureprediction.operator.api.v1alpha1.SecurePredictionEndpoint;
import dev.secureprediction.operator.leader.Leadership;
import dev.secureprediction.operator.status.StatusEvent;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.StatusBuilder;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.server.mock.EnableKubernetesMockClient;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a real API server cannot be asked for: refusals of its own, and watches that break. */
@EnableKubernetesMockClient
@SuppressWarnings("NullAway.Init") // the extension sets server and client
final class ClusterFaultsTest {

    private static final String LEASE =
            "/apis/coordination.k8s.io/v1/namespaces/system/leases/secure-prediction-operator";
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

    private KubernetesMockServer server;
    private KubernetesClient client;

    @BeforeEach
    void triesOnce() {
        client.getConfiguration().setRequestRetryBackoffLimit(0);
    }

    @Test
    void anEventThatCannotBeToldStopsNothing() {
        server.expect()
                .post()
                .withPath("/api/v1/namespaces/team/events")
                .andReturn(500, status(500))
                .always();
        var endpoint = new SecurePredictionEndpoint();
        endpoint.setMetadata(
                new ObjectMetaBuilder().withName("chat").withNamespace("team").build());
        var recorder = new EventRecorder(client, "pod", Clock.fixed(NOW, ZoneOffset.UTC), new SimpleMeterRegistry());
        assertThatCode(() -> recorder.record(endpoint, StatusEvent.normal("Ready", "in force")))
                .doesNotThrowAnyException();
    }

    @Test
    void aLeaseThatSomebodyElseTookIsLeftToThem() {
        // given a lease of ours, which somebody changes between our read and our write
        var leadership = Leadership.of("system", "pod");
        var identity = leadership.configuration().getIdentity().orElseThrow();
        server.expect()
                .get()
                .withPath(LEASE)
                .andReturn(
                        200,
                        new LeaseBuilder()
                                .withNewMetadata()
                                .withName("secure-prediction-operator")
                                .withNamespace("system")
                                .withResourceVersion("7")
                                .endMetadata()
                                .withNewSpec()
                                .withHolderIdentity(identity)
                                .endSpec()
                                .build())
                .always();
        server.expect().put().withPath(LEASE).andReturn(409, status(409)).always();
        // then
        assertThatCode(() -> leadership.release(client)).doesNotThrowAnyException();
    }

    @Test
    void anIssuerThatCannotBeReadKeepsWhatWasKnown() {
        // given
        server.expect()
                .get()
                .withPath("/.well-known/openid-configuration")
                .andReturn(200, "{\"issuer\":\"https://cluster\"}")
                .once();
        server.expect()
                .get()
                .withPath("/openid/v1/jwks")
                .andReturn(200, "{\"keys\":[]}")
                .once();
        var time = new AtomicReference<>(NOW);
        var reader = new ClusterIssuerReader(client, new MovedClock(time));
        assertThat(reader.get())
                .hasValueSatisfying(issuer -> assertThat(issuer.url()).isEqualTo("https://cluster"));
        // when
        time.set(NOW.plus(Duration.ofMinutes(6)));
        server.expect()
                .get()
                .withPath("/.well-known/openid-configuration")
                .andReturn(500, status(500))
                .always();
        // then
        assertThat(reader.get())
                .hasValueSatisfying(issuer -> assertThat(issuer.url()).isEqualTo("https://cluster"));
    }

    @Test
    void aServerInTroubleIsAConditionThatNeedsNobody() {
        for (int code : List.of(409, 410, 500, 503)) {
            var observed = ClusterFailure.of(new KubernetesClientException(status(code)));
            assertThat(observed.gateway().problem()).hasValueSatisfying(problem -> {
                assertThat(problem.reason()).isEqualTo(Reason.ClusterUnavailable);
                assertThat(problem.reason().needsPerson()).isFalse();
                assertThat(problem.message()).contains("(" + code + ")").doesNotContain("secret-of-the-server");
            });
        }
    }

    @Test
    void aWatchThatClosesOrIsTooOldIsBegunAgain() {
        // given a server whose watches close at once, the first one saying that its version is gone
        try (var broken = new BrokenWatches();
                var watching = new KubernetesClientBuilder()
                        .withConfig(broken.config())
                        .build();
                var informer = watching.configMaps().inNamespace("team").inform()) {
            // when more is there than was listed first
            broken.add("two");
            // then it is seen all the same
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> informer.getStore().list().stream()
                            .map(ConfigMap::getMetadata)
                            .anyMatch(metadata -> metadata.getName().equals("two")));
        }
    }

    private static io.fabric8.kubernetes.api.model.Status status(int code) {
        return new StatusBuilder()
                .withCode(code)
                .withStatus("Failure")
                .withMessage("secret-of-the-server")
                .build();
    }
}
