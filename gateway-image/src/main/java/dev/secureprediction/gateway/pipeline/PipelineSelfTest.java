package dev.secureprediction.gateway.pipeline;

import dev.secureprediction.gateway.error.RefusedException;
import dev.secureprediction.gateway.pipeline.RequestHead.Header;
import dev.secureprediction.gateway.pipeline.RequestHead.Protocol;
import dev.secureprediction.gateway.policy.PolicySnapshot;
import dev.secureprediction.gateway.policy.SelfTest;
import dev.secureprediction.gateway.route.ApiVersion;
import dev.secureprediction.gateway.route.UpstreamPath;
import dev.secureprediction.gateway.surface.SurfaceRegistry;
import dev.secureprediction.gateway.tokens.BearerToken;
import dev.secureprediction.policy.decision.Caller;
import dev.secureprediction.policy.model.Issuer;
import dev.secureprediction.policy.model.Upstream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Sends calls that must be refused through the real stages, with this policy. */
public final class PipelineSelfTest implements SelfTest {
    private static final String NOBODY = "secureprediction-self-test";

    private final Acceptor acceptor = new Acceptor();
    private final Authorizer authorizer = new Authorizer();
    private final Clock clock;

    public PipelineSelfTest(Clock clock) {
        this.clock = clock;
    }

    @Override
    public Optional<String> failure(PolicySnapshot policy) {
        if (accepted(policy, List.of())) {
            return Optional.of("a call without a token was accepted");
        }
        if (accepted(policy, List.of(new Header("Authorization", "Basic bm9ib2R5")))) {
            return Optional.of("a call with a password was accepted");
        }
        for (Issuer issuer : policy.bundle().issuers()) {
            for (String header : forgedHeaders(issuer)) {
                if (policy.tokens().acceptsNow(forged(issuer, header))) {
                    return Optional.of("a forged token of issuer " + issuer.name() + " was accepted");
                }
            }
        }
        Upstream upstream = policy.bundle().upstream();
        if (authorized(policy, upstream, NOBODY)) {
            return Optional.of("a caller of an unknown issuer was allowed");
        }
        String anIssuer =
                policy.bundle().issuers().stream().map(Issuer::name).findFirst().orElse(NOBODY);
        Upstream other = new Upstream(
                upstream.authority(),
                upstream.project() + "x",
                upstream.projectNumber(),
                upstream.location(),
                upstream.model(),
                upstream.credential());
        return authorized(policy, other, anIssuer)
                ? Optional.of("a call to another project was allowed")
                : Optional.empty();
    }

    private boolean accepted(PolicySnapshot policy, List<Header> headers) {
        RequestHead head = head(policy.bundle().upstream(), headers);
        try {
            acceptor.accept(head, SurfaceRegistry.standard().match(head.method(), head.path()), policy);
            return true;
        } catch (RefusedException e) {
            return false;
        }
    }

    private boolean authorized(PolicySnapshot policy, Upstream target, String issuer) {
        RequestHead head = head(target, List.of());
        AcceptedRequest accepted = new AcceptedRequest(
                head, policy, SurfaceRegistry.standard().match(head.method(), head.path()), BearerToken.of("none"));
        try {
            authorizer.authorize(new AuthenticatedRequest(accepted, new Caller(issuer, NOBODY, Map.of())));
            return true;
        } catch (RefusedException e) {
            return false;
        }
    }

    private static RequestHead head(Upstream upstream, List<Header> headers) {
        List<Header> all = new ArrayList<>(headers);
        all.add(new Header("Host", "self-test"));
        return RequestHead.of(Protocol.HTTP_2, "POST", UpstreamPath.of(ApiVersion.V1, upstream, "predict"), all);
    }

    private static List<String> forgedHeaders(Issuer issuer) {
        String algorithm = issuer.algorithms().stream().findFirst().orElse("RS256");
        return List.of(
                "{\"alg\":\"none\"}",
                "{\"alg\":\"HS256\"}",
                "{\"alg\":\"" + algorithm + "\"}",
                "{\"alg\":\"" + algorithm + "\",\"jwk\":{\"kty\":\"RSA\",\"n\":\"AQAB\",\"e\":\"AQAB\"}}",
                "{\"alg\":\"" + algorithm + "\",\"crit\":[\"exp\"],\"exp\":1}");
    }

    private BearerToken forged(Issuer issuer, String header) {
        String audience = issuer.audiences().stream().findFirst().orElse("");
        long now = clock.instant().getEpochSecond();
        String claims = "{\"iss\":" + quoted(issuer.url()) + ",\"aud\":" + quoted(audience) + ",\"sub\":"
                + quoted(NOBODY) + ",\"iat\":" + now + ",\"exp\":" + (now + 300) + "}";
        return BearerToken.of(part(header.getBytes(StandardCharsets.UTF_8)) + "."
                + part(claims.getBytes(StandardCharsets.UTF_8)) + "." + part(new byte[256]));
    }

    private static String quoted(String text) {
        return "\"" + text.replace("\\", "").replace("\"", "") + "\"";
    }

    private static String part(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
