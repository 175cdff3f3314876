package dev.secureprediction.gateway.fuzz;

import dev.secureprediction.gateway.address.Cidr;
import dev.secureprediction.gateway.answer.Framing;
import dev.secureprediction.gateway.support.GatewayWorld;
import dev.secureprediction.gateway.support.Policies;
import dev.secureprediction.gateway.surface.SurfaceRegistry;
import dev.secureprediction.gateway.trace.TraceContext;
import dev.secureprediction.gateway.usage.UsageScanner;
import dev.secureprediction.policy.codec.InvalidPolicyException;
import dev.secureprediction.policy.codec.IssuerKeysCodec;
import dev.secureprediction.policy.codec.PolicyCodec;
import dev.secureprediction.policy.codec.RevocationsCodec;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** Parsers of what strangers, or a broken disk, may send. */
final class ParserFuzzTest {

    private static String text(byte[] input) {
        return new String(input, StandardCharsets.ISO_8859_1);
    }

    @Test
    void paths() {
        Mutations.of(
                        GatewayWorld.endpointPath("predict"),
                        GatewayWorld.geminiPath("streamGenerateContent"),
                        "/v1beta1/projects/p/locations/l/publishers/anthropic/models/claude@1:rawPredict",
                        "/openai/v1/chat/completions",
                        "/v2/models/m/versions/1/infer",
                        "/v1/models/m:predict",
                        "/%2e%2e/%00/a:b:c")
                .feed(input -> SurfaceRegistry.standard().match("POST", text(input)));
    }

    @Test
    void policies() {
        String policy = new String(
                PolicyCodec.write(Policies.churn("https://issuer.example", "model.example:443")
                        .bundle()),
                StandardCharsets.UTF_8);
        Mutations.of(policy, "{\"formatVersion\":1}", "[]").feed(input -> {
            try {
                PolicyCodec.read(input);
            } catch (InvalidPolicyException e) {
                // refused with a pointer: as it should be
            }
        });
    }

    @Test
    void filesBesideThePolicy() {
        Mutations.of(
                        "{\"issuers\":{\"okta\":{\"keys\":[{\"kty\":\"RSA\",\"kid\":\"1\",\"n\":\"AQAB\",\"e\":\"AQAB\"}]}}}",
                        "{\"subjects\":[{\"issuer\":\"okta\",\"subject\":\"a\"}],\"tokenIds\":[{\"issuer\":\"okta\",\"id\":\"1\"}]}")
                .feed(input -> {
                    try {
                        IssuerKeysCodec.read(input);
                    } catch (InvalidPolicyException e) {
                        // refused
                    }
                    try {
                        RevocationsCodec.read(input);
                    } catch (InvalidPolicyException e) {
                        // refused
                    }
                });
    }

    @Test
    void tokensUsedInAnswers() {
        Mutations.of(
                        "data: {\"usageMetadata\":{\"promptTokenCount\":3,\"totalTokenCount\":9}}\n\n",
                        "[{\"a\":\"usageMetadata\"},{\"usageMetadata\":{\"totalTokenCount\":1}}]")
                .feed(input -> {
                    UsageScanner scanner = new UsageScanner();
                    int half = input.length / 2;
                    scanner.scan(Arrays.copyOf(input, half));
                    scanner.scan(Arrays.copyOfRange(input, half, input.length));
                    scanner.result();
                });
    }

    @Test
    void tracesAndAddresses() {
        Mutations.of(
                        "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
                        "10.0.0.0/8",
                        "2001:db8::/32",
                        "::ffff:10.0.0.1/96")
                .feed(input -> {
                    TraceContext.from(text(input));
                    Cidr.parse(text(input));
                    Cidr.address(text(input));
                });
    }

    @Test
    void kindsOfAnswers() {
        Mutations.of("text/event-stream; charset=utf-8", "application/json").feed(input -> {
            Framing.of(text(input), true);
            Framing.of(text(input), false);
        });
    }
}
