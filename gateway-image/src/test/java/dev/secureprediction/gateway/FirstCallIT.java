package dev.secureprediction.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.secureprediction.gateway.support.GatewayWorld;
import dev.secureprediction.gateway.support.Policies;
import dev.secureprediction.gateway.support.TcpRelay;
import dev.secureprediction.policy.model.Upstream;
import java.time.Duration;
import java.util.Map;
import java.util.function.BiFunction;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** A first call does not wait for what can be made before it: the way to the model is open when a gateway says it is ready. */
class FirstCallIT {
    private static final Duration SOON = Duration.ofSeconds(15);

    private static Policies calling(String authority, Policies policies) {
        Upstream old = policies.bundle().upstream();
        return policies.upstream(new Upstream(
                authority, old.project(), old.projectNumber(), old.location(), old.model(), old.credential()));
    }

    private static BiFunction<String, String, Policies> by(TcpRelay relay) {
        return (issuer, model) -> calling(relay.leadingTo(model).authority(), Policies.churn(issuer, model));
    }

    private static int predict(GatewayWorld world) {
        return world.send(world.analystPosts(GatewayWorld.endpointPath("predict"), "{\"instances\":[1]}"))
                .statusCode();
    }

    @Test
    void theFirstCallGoesOverAConnectionThatIsThere() {
        // given a gateway that is ready
        try (TcpRelay relay = new TcpRelay();
                GatewayWorld world = GatewayWorld.start(GatewayWorld.newFolder(), by(relay))) {
            // when nobody can connect to its model any more
            relay.shut();

            // then its first calls are answered, on whichever event loop they come
            assertThat(predict(world)).isEqualTo(200);
            assertThat(predict(world)).isEqualTo(200);
            assertThat(world.metadata().minted()).isEqualTo(1);
        }
    }

    @Test
    void aModelOfALaterPolicyIsConnectedToBeforeAnybodyAsks() {
        try (GatewayWorld world = GatewayWorld.start(GatewayWorld.newFolder(), Policies::churn);
                TcpRelay other = new TcpRelay().leadingTo(world.model().authority())) {
            // when the policy names another server
            world.reload((issuer, model) -> calling(other.authority(), Policies.churn(issuer, model)));

            // then the gateway stays ready, and connects by itself
            assertThat(world.gateway().adminStatus("/readyz")).isEqualTo(200);
            Awaitility.await().atMost(SOON).until(() -> other.opened() > 0);
            assertThat(predict(world)).isEqualTo(200);
        }
    }

    @Test
    void aModelThatCannotBeReachedKeepsNobodyFromBeingReadyForLong() {
        // given a model's server that takes connections and never says a word, and a metadata server that is down
        try (TcpRelay silent = new TcpRelay()) {
            long started = System.nanoTime();
            try (GatewayWorld world = GatewayWorld.start(
                    GatewayWorld.newFolder(),
                    (issuer, model) -> calling(silent.authority(), Policies.churn(issuer, model)),
                    Map.of("GCE_METADATA_HOST", silent.authority()))) {

                // then it was ready after a while, and says what is missing
                assertThat(Duration.ofNanos(System.nanoTime() - started)).isGreaterThan(Duration.ofSeconds(3));
                assertThat(world.gateway().output())
                        .contains("ready without a connection to " + silent.authority())
                        .contains("ready without an access token for the model");
                assertThat(world.gateway().adminStatus("/readyz")).isEqualTo(200);
            }
        }
    }
}
