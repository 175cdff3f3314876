package dev.secureprediction.gateway.support;

import com.fasterxml.jackson.databind.JsonNode;
import dev.secureprediction.policy.codec.IssuerKeysCodec;
import dev.secureprediction.policy.codec.PolicyCodec;
import dev.secureprediction.policy.codec.RevocationsCodec;
import dev.secureprediction.policy.model.Action;
import dev.secureprediction.policy.model.AuditRules;
import dev.secureprediction.policy.model.ClaimNames;
import dev.secureprediction.policy.model.Credential;
import dev.secureprediction.policy.model.DataRules;
import dev.secureprediction.policy.model.EndpointIdentity;
import dev.secureprediction.policy.model.GatewayRules;
import dev.secureprediction.policy.model.Guardrail;
import dev.secureprediction.policy.model.Issuer;
import dev.secureprediction.policy.model.IssuerKeys;
import dev.secureprediction.policy.model.KeySource;
import dev.secureprediction.policy.model.LimitScope;
import dev.secureprediction.policy.model.Limits;
import dev.secureprediction.policy.model.Model;
import dev.secureprediction.policy.model.PolicyBundle;
import dev.secureprediction.policy.model.RequestRules;
import dev.secureprediction.policy.model.ResponseRules;
import dev.secureprediction.policy.model.Retries;
import dev.secureprediction.policy.model.Revocations;
import dev.secureprediction.policy.model.Role;
import dev.secureprediction.policy.model.Surface;
import dev.secureprediction.policy.model.Timeouts;
import dev.secureprediction.policy.model.Upstream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Policies as the operator would write them, each differing from the usual one in what a test is about. */
public record Policies(PolicyBundle bundle) {
    public static final String AUDIENCE = "api://prediction-qa";
    public static final String PROJECT = "acme-ml-qa";
    public static final String NUMBER = "100000000002";
    public static final String LOCATION = "europe-west4";
    public static final String ENDPOINT = "spe-churn-1a2b3c4d";

    /** One endpoint `spe-churn-1a2b3c4d`; analysts may predict and stream, scientists may predict. */
    public static Policies churn(String issuerUrl, String upstreamAuthority) {
        return new Policies(PolicyBundle.plain(
                new EndpointIdentity("qa", "churn-qa", "churn"),
                "v1:" + "0".repeat(64),
                List.of(Surface.VertexPredict),
                List.of(issuer(issuerUrl)),
                Map.of("analysts", "ml-analysts-qa", "scientists", "ml-scientists-qa"),
                List.of(
                        Role.plain(
                                "analyst",
                                List.of("okta"),
                                "bindings.analysts in claims.groups",
                                List.of(Action.Predict, Action.Stream)),
                        Role.plain(
                                "scientist",
                                List.of("okta"),
                                "bindings.scientists in claims.groups",
                                List.of(Action.Predict))),
                new RequestRules(1 << 20, Optional.empty()),
                new Timeouts(10_000, 10_000, 10_000, 60_000),
                new Upstream(
                        upstreamAuthority,
                        PROJECT,
                        NUMBER,
                        LOCATION,
                        new Model.Endpoint(ENDPOINT),
                        new Credential.Metadata())));
    }

    /** Analysts alone, held to limits that none of them reaches; tokens of both usual algorithms. */
    public static Policies limited(String issuerUrl, String upstreamAuthority) {
        Issuer usual = issuer(issuerUrl);
        return churn(issuerUrl, upstreamAuthority)
                .issuers(new Issuer(
                        usual.name(),
                        usual.url(),
                        usual.audiences(),
                        List.of("RS256", "ES256"),
                        usual.claims(),
                        usual.keys(),
                        usual.maxStaleSeconds(),
                        usual.maxTokenLifetimeSeconds(),
                        usual.tokenTypes()))
                .roles(new Role(
                        "analyst",
                        List.of(usual.name()),
                        "bindings.analysts in claims.groups",
                        List.of(Action.Predict, Action.Stream),
                        Optional.of(new Limits(
                                LimitScope.Subject,
                                Optional.of(100_000_000L),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.of(1_000_000L))),
                        DataRules.PLAIN_CONTENT,
                        Optional.empty()));
    }

    /** Publisher model `gemini-2.5-flash`, otherwise as {@link #churn}. */
    public static Policies gemini(String issuerUrl, String upstreamAuthority) {
        return churn(issuerUrl, upstreamAuthority)
                .surfaces(Surface.GeminiGenerate, Surface.VertexPredict)
                .model(new Model.Publisher("google", "gemini-2.5-flash"));
    }

    /** An issuer `okta` that is discovered. */
    public static Issuer issuer(String url) {
        return new Issuer(
                "okta",
                url,
                List.of(AUDIENCE),
                List.of("RS256"),
                new ClaimNames("sub", "groups", "scp", "org"),
                new KeySource.Discovery(Optional.empty()),
                86_400,
                Optional.empty(),
                List.of());
    }

    public Policies surfaces(Surface... surfaces) {
        return with("surfaces", List.of(surfaces));
    }

    public Policies issuers(Issuer... issuers) {
        return with("issuers", List.of(issuers));
    }

    public Policies roles(Role... roles) {
        return with("roles", List.of(roles));
    }

    public Policies guardrails(Guardrail... guardrails) {
        return with("guardrails", List.of(guardrails));
    }

    public Policies response(ResponseRules response) {
        return with("response", response);
    }

    public Policies audit(AuditRules audit) {
        return with("audit", audit);
    }

    public Policies retries(Retries retries) {
        return with("retries", retries);
    }

    public Policies gateway(GatewayRules gateway) {
        return with("gateway", gateway);
    }

    /** Rules for bodies; the schema is absent or JSON Schema 2020-12. */
    public Policies request(long maxBytes, Optional<JsonNode> schema) {
        return with("request", new RequestRules(maxBytes, schema));
    }

    public Policies timeouts(long connect, long firstByte, long idle, long total) {
        return with("timeouts", new Timeouts(connect, firstByte, idle, total));
    }

    public Policies upstream(Upstream upstream) {
        return with("upstream", upstream);
    }

    public Policies model(Model model) {
        Upstream old = bundle.upstream();
        return upstream(new Upstream(
                old.authority(), old.project(), old.projectNumber(), old.location(), model, old.credential()));
    }

    /** Of a SecurePredictionEndpoint of this name. */
    public Policies named(String name) {
        EndpointIdentity old = bundle.endpoint();
        return with("endpoint", new EndpointIdentity(old.environment(), old.namespace(), name));
    }

    /** The bundle with one component replaced. */
    private Policies with(String component, Object value) {
        try {
            var components = PolicyBundle.class.getRecordComponents();
            Class<?>[] types = new Class<?>[components.length];
            Object[] values = new Object[components.length];
            for (int i = 0; i < components.length; i++) {
                types[i] = components[i].getType();
                values[i] = components[i].getName().equals(component)
                        ? value
                        : components[i].getAccessor().invoke(bundle);
            }
            return new Policies(PolicyBundle.class.getDeclaredConstructor(types).newInstance(values));
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    public String digest() {
        return PolicyCodec.digest(bundle);
    }

    /** Writes the policy, no keys, no revocations. */
    public void writeTo(Path directory) {
        try {
            Files.createDirectories(directory);
            replace(directory.resolve("issuer-keys.json"), IssuerKeysCodec.write(IssuerKeys.NONE));
            replace(directory.resolve("revocations.json"), RevocationsCodec.write(Revocations.NONE));
            replace(directory.resolve("policy.json"), PolicyCodec.write(bundle));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Replaces one file at once, so that no reader sees half of it. */
    public static void replace(Path file, byte[] content) throws IOException {
        Path next = file.resolveSibling("." + file.getFileName() + ".next");
        Files.write(next, content);
        Files.move(
                next,
                file,
                java.nio.file.StandardCopyOption.ATOMIC_MOVE,
                java.nio.file.StandardCopyOption.REPLACE_EXISTING);
    }
}
