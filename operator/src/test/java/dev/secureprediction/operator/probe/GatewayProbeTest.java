package dev.secureprediction.operator.probe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.secureprediction.operator.tls.AuthorityChain;
import dev.secureprediction.operator.tls.Leaf;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The operator asks pods that answer in every way. */
final class GatewayProbeTest {

    private static final String NAME = "chat.gateways.svc";
    private static final String REFUSAL = "{\"error\":{\"code\":401,\"status\":\"UNAUTHENTICATED\"}}";

    private final AuthorityChain authorities = AuthorityChain.create("test", Instant.now());
    private final Leaf leaf = authorities.issue(List.of(NAME), Instant.now());
    private final GatewayProbe probe = new GatewayProbe();

    @Test
    void aCertificateForAnotherNameIsNotTheGateway() {
        assertThat(call(trust("other.gateways.svc"))).isEqualTo("its certificate is not the expected one");
    }

    @Test
    void aCertificateOfAnotherAuthorityIsNotTheGateway() {
        var stranger =
                new ServerTrust(AuthorityChain.create("other", Instant.now()).certificates(), NAME);
        assertThat(call(stranger)).isEqualTo("its certificate is not the expected one");
    }

    @Test
    void aPodThatIsGoneProvesNothing() {
        var gateway = new FakeGateway(leaf, 401, REFUSAL, 200, "{}");
        var pod = gateway.pod();
        gateway.close();
        assertThat(call(pod, trust(NAME))).isEqualTo("its public port gave no answer");
        assertThat(probe.policy(pod)).isEmpty();
    }

    @Test
    void thePolicyInForceAndTheOneRefusedAreRead() {
        var loaded = policy(200, """
                {"policyDigest":"sha256:a","lastRefusal":{"digest":"sha256:b","reason":"unknown field","at":"2026-01-01T00:00:00Z"}}
                """);
        assertThat(loaded)
                .contains(new LoadedPolicy(
                        Optional.of("sha256:a"), Optional.of(new LoadedPolicy.Refusal("sha256:b", "unknown field"))));
        assertThat(policy(200, "{\"policyDigest\":null,\"lastRefusal\":null}"))
                .contains(new LoadedPolicy(Optional.empty(), Optional.empty()));
    }

    @Test
    void theVersionThatAnsweredCallsIsReadWhereItIsOne() {
        assertThat(policy(200, "{\"policyDigest\":\"sha256:a\",\"modelVersion\":\"gemini-2.5-flash-002\"}")
                        .flatMap(LoadedPolicy::modelVersion))
                .contains("gemini-2.5-flash-002");
        for (var other : List.of("null", "17", "\"<script>\"", "\"\"")) {
            assertThat(policy(200, "{\"policyDigest\":\"sha256:a\",\"modelVersion\":" + other + "}")
                            .flatMap(LoadedPolicy::modelVersion))
                    .as(other)
                    .isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource({"500, {}", "200, <html>"})
    void anAdminPortInTroubleSaysNothing(int status, String body) {
        assertThat(policy(status, body)).isEmpty();
    }

    private ServerTrust trust(String name) {
        return new ServerTrust(authorities.certificates(), name);
    }

    private String call(ServerTrust trust) {
        try (var gateway = new FakeGateway(leaf, 401, REFUSAL, 200, "{}")) {
            return call(gateway.pod(), trust);
        }
    }

    /** Why there was no answer; the answer where there was. */
    private String call(GatewayPod pod, ServerTrust trust) {
        try (var caller = probe.caller(pod, Optional.of(trust))) {
            try {
                return caller.post("/", Optional.empty(), "{}").body();
            } catch (IOException e) {
                return caller.reason(e);
            }
        }
    }

    private Optional<LoadedPolicy> policy(int status, String body) {
        try (var gateway = new FakeGateway(leaf, 401, REFUSAL, status, body)) {
            return probe.policy(gateway.pod());
        }
    }
}
