package dev.secureprediction.operator.probe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.secureprediction.operator.status.ProbeResult;
import dev.secureprediction.operator.tls.AuthorityChain;
import dev.secureprediction.operator.tls.Leaf;
import dev.secureprediction.policy.model.Credential;
import dev.secureprediction.policy.model.EndpointIdentity;
import dev.secureprediction.policy.model.Model;
import dev.secureprediction.policy.model.PolicyBundle;
import dev.secureprediction.policy.model.RequestRules;
import dev.secureprediction.policy.model.Surface;
import dev.secureprediction.policy.model.Timeouts;
import dev.secureprediction.policy.model.Upstream;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The operator asks pods that answer in every way. */
final class GatewayProbeTest {

    private static final String DIGEST = "sha256:0123";
    private static final String NAME = "chat.gateways.svc";
    private static final String REFUSAL = "{\"error\":{\"code\":401,\"status\":\"UNAUTHENTICATED\"}}";
    private static final PolicyBundle BUNDLE = PolicyBundle.plain(
            new EndpointIdentity("qa", "team", "chat"),
            "v1:0",
            List.of(Surface.GeminiGenerate),
            List.of(),
            Map.of(),
            List.of(),
            new RequestRules(1, Optional.empty()),
            new Timeouts(1, 1, 1, 1),
            new Upstream(
                    "host",
                    "project",
                    "1",
                    "europe-west4",
                    new Model.Publisher("google", "gemini"),
                    new Credential.Metadata()));

    private final AuthorityChain authorities = AuthorityChain.create("test", Instant.now());
    private final Leaf leaf = authorities.issue(List.of(NAME), Instant.now());
    private final GatewayProbe probe = new GatewayProbe();

    @Test
    void aRefusalOfTheGatewaysOwnIsProof() {
        assertThat(call(401, REFUSAL, trust(NAME))).isEqualTo(new ProbeResult.Refused(DIGEST));
    }

    @Test
    void anAnswerIsACallLetThrough() {
        assertThat(call(200, "{}", trust(NAME))).isEqualTo(new ProbeResult.LetThrough("pod-1", "call without a token"));
    }

    @ParameterizedTest
    @CsvSource({"403, {}", "404, {}", "503, {}", "401, <html>", "302, {}"})
    void anythingElseProvesNothing(int status, String body) {
        assertThat(call(status, body, trust(NAME)))
                .isInstanceOfSatisfying(
                        ProbeResult.Failed.class,
                        failed -> assertThat(failed.message()).startsWith("pod pod-1: answered"));
    }

    @Test
    void aCertificateForAnotherNameIsNotTheGateway() {
        assertThat(call(401, REFUSAL, trust("other.gateways.svc")))
                .isEqualTo(new ProbeResult.Failed("pod pod-1: its certificate is not the expected one"));
    }

    @Test
    void aCertificateOfAnotherAuthorityIsNotTheGateway() {
        var stranger =
                new ServerTrust(AuthorityChain.create("other", Instant.now()).certificates(), NAME);
        assertThat(call(401, REFUSAL, stranger)).isInstanceOf(ProbeResult.Failed.class);
    }

    @Test
    void aPodThatIsGoneProvesNothing() {
        var gateway = new FakeGateway(leaf, 401, REFUSAL, 200, "{}");
        var pod = gateway.pod();
        gateway.close();
        assertThat(probe.callWithoutToken(pod, BUNDLE, Optional.of(trust(NAME)), DIGEST))
                .isEqualTo(new ProbeResult.Failed("pod pod-1: its public port gave no answer"));
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

    @ParameterizedTest
    @CsvSource({"500, {}", "200, <html>"})
    void anAdminPortInTroubleSaysNothing(int status, String body) {
        assertThat(policy(status, body)).isEmpty();
    }

    private ServerTrust trust(String name) {
        return new ServerTrust(authorities.certificates(), name);
    }

    private ProbeResult call(int status, String body, ServerTrust trust) {
        try (var gateway = new FakeGateway(leaf, status, body, 200, "{}")) {
            return probe.callWithoutToken(gateway.pod(), BUNDLE, Optional.of(trust), DIGEST);
        }
    }

    private Optional<LoadedPolicy> policy(int status, String body) {
        try (var gateway = new FakeGateway(leaf, 401, REFUSAL, status, body)) {
            return probe.policy(gateway.pod());
        }
    }
}
