package dev.secureprediction.operator.probe;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.secureprediction.operator.plan.DesiredProof.CanaryCall;
import dev.secureprediction.policy.model.Credential;
import dev.secureprediction.policy.model.EndpointIdentity;
import dev.secureprediction.policy.model.Model;
import dev.secureprediction.policy.model.PolicyBundle;
import dev.secureprediction.policy.model.RequestRules;
import dev.secureprediction.policy.model.Surface;
import dev.secureprediction.policy.model.Timeouts;
import dev.secureprediction.policy.model.Upstream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** A gateway built to fail open in one way at a time is caught in exactly that way. */
final class PodProverTest {

    private static final String GOOD = "aGVhZA.Y2xhaW1z.c2lnbmF0dXJl";
    private static final String STRANGER = "aGVhZA.c3RyYW5nZXI.c2lnbmF0dXJl";
    private static final String OTHER = "aGVhZA.b3RoZXI.c2lnbmF0dXJl";
    private static final String EXPIRED = "aGVhZA.ZXhwaXJlZA.c2lnbmF0dXJl";
    private static final PolicyBundle BUNDLE = PolicyBundle.plain(
            new EndpointIdentity("qa", "team", "churn"),
            "v1:0",
            List.of(Surface.VertexPredict),
            List.of(),
            Map.of(),
            List.of(),
            new RequestRules(1, Optional.empty()),
            new Timeouts(1, 1, 1, 1),
            new Upstream(
                    "host", "project", "1", "europe-west4", new Model.Endpoint("churn"), new Credential.Metadata()));
    private static final Optional<CanaryCall> CANARY =
            Optional.of(new CanaryCall(Surface.VertexPredict, JsonNodeFactory.instance.objectNode()));

    private final PodProver prover = new PodProver(new GatewayProbe());
    private HttpServer server;
    private volatile Set<Probe> open = Set.of();
    private volatile Optional<Probe> confused = Optional.empty();
    private volatile int model = 200;
    private volatile Optional<String> said = Optional.empty();

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void aSoundGatewayPassesAll() {
        assertThat(prove(Optional.of(EXPIRED), CANARY))
                .hasSize(Probe.values().length)
                .allMatch(Verdict.Passed.class::isInstance);
    }

    @ParameterizedTest
    @EnumSource(value = Probe.class, names = "Canary", mode = EnumSource.Mode.EXCLUDE)
    void whatItLetsThroughIsNamed(Probe probe) {
        open = Set.of(probe);

        assertThat(prove(Optional.of(EXPIRED), CANARY)).contains(new Verdict.LetThrough(probe));
    }

    @ParameterizedTest
    @EnumSource(value = Probe.class, names = "Canary", mode = EnumSource.Mode.EXCLUDE)
    void aRefusalForAnotherReasonIsNoProof(Probe probe) {
        confused = Optional.of(probe);

        assertThat(prove(Optional.of(EXPIRED), CANARY))
                .filteredOn(verdict -> verdict.probe() == probe)
                .singleElement()
                .isInstanceOf(Verdict.Wrong.class);
    }

    @ParameterizedTest
    @CsvSource({"429, Unknown", "503, Unknown", "504, Unknown", "403, Wrong", "400, Wrong"})
    void aCanaryThatTheModelCouldNotAnswerSaysNothing(int status, String verdict) {
        model = status;

        assertThat(prove(Optional.of(EXPIRED), CANARY))
                .last()
                .satisfies(last -> assertThat(last.getClass().getSimpleName()).isEqualTo(verdict));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        {"modelVersion": "gemini-2.5-flash-001"} | gemini-2.5-flash-001
        {"modelVersionId": "17"}                 | 17
        {"modelVersion": "<script>"}             |
        {"modelVersion": 17}                     |
        not JSON                                 |
        """)
    void aModelThatAnsweredTheCanaryIsBelievedItsVersion(String answer, String version) {
        said = Optional.of(answer);

        assertThat(prove(Optional.of(EXPIRED), CANARY))
                .last()
                .isEqualTo(new Verdict.Passed(Probe.Canary, Optional.ofNullable(version)));
    }

    @Test
    void withoutCanaryNoneIsSentAndWithoutAnOldTokenExpiryIsUnknown() {
        List<Verdict> verdicts = prove(Optional.empty(), Optional.empty());

        assertThat(verdicts)
                .contains(PodProver.NO_CANARY)
                .contains(new Verdict.Unknown(Probe.ExpiredToken, "no token is old enough yet"))
                .filteredOn(verdict -> !(verdict instanceof Verdict.Unknown))
                .hasSize(Probe.values().length - 2)
                .allMatch(Verdict.Passed.class::isInstance);
    }

    @Test
    void withoutTokensOnlyTheFirstCallIsMadeAndNothingElseSeemsProven() {
        List<Verdict> verdicts = prover.prove(pod(), BUNDLE, Optional.empty(), Optional.empty(), CANARY);

        assertThat(verdicts).hasSize(Probe.values().length);
        assertThat(verdicts.getFirst()).isEqualTo(new Verdict.Passed(Probe.NoToken));
        assertThat(verdicts.subList(1, verdicts.size())).allMatch(Verdict.Unknown.class::isInstance);
    }

    @Test
    void aPodThatIsGoneProvesNothing() {
        server.stop(0);

        assertThat(prove(Optional.of(EXPIRED), CANARY)).allMatch(Verdict.Unknown.class::isInstance);
    }

    @Test
    void tokensAreNeverPrinted() {
        assertThat(new ProbeTokens(GOOD, STRANGER, OTHER, Optional.of(EXPIRED)))
                .asString()
                .doesNotContain(GOOD, STRANGER, OTHER, EXPIRED);
    }

    private List<Verdict> prove(Optional<String> expired, Optional<CanaryCall> canary) {
        return prover.prove(
                pod(), BUNDLE, Optional.empty(), Optional.of(new ProbeTokens(GOOD, STRANGER, OTHER, expired)), canary);
    }

    private GatewayPod pod() {
        return new GatewayPod(
                "pod-1",
                InetAddress.getLoopbackAddress().getHostAddress(),
                server.getAddress().getPort(),
                1,
                "image",
                true);
    }

    private void answer(HttpExchange exchange) throws IOException {
        Probe probe = probe(exchange);
        exchange.getRequestBody().readAllBytes();
        boolean refuses = probe.mustBeRefused() && !open.contains(probe);
        int status = refuses ? probe.status() : probe == Probe.Canary ? model : 200;
        String code = confused.filter(probe::equals).isPresent() ? "ROUTE_UNKNOWN" : probe.code();
        String answered = """
                {"error":{"code":%d,"details":[{"@type":"type.googleapis.com/google.rpc.ErrorInfo",
            "domain":"secureprediction.dev","reason":"%s"}]}}\
            """.formatted(status, code);
        byte[] body = (probe == Probe.Canary ? said.orElse(answered) : answered).getBytes(UTF_8);
        try (exchange) {
            exchange.sendResponseHeaders(status, body.length);
            exchange.getResponseBody().write(body);
        }
    }

    private static Probe probe(HttpExchange exchange) {
        String header = exchange.getRequestHeaders().getFirst("Authorization");
        if (header == null) {
            return Probe.NoToken;
        }
        String token = header.substring("Bearer ".length());
        if (token.endsWith(".")) {
            return Probe.UnsignedToken;
        }
        return switch (token) {
            case GOOD -> exchange.getRequestURI().getPath().contains("/churn-other:") ? Probe.OtherModel : Probe.Canary;
            case STRANGER -> Probe.NoRole;
            case OTHER -> Probe.OtherAudience;
            case EXPIRED -> Probe.ExpiredToken;
            default -> Probe.ForgedSignature;
        };
    }
}
