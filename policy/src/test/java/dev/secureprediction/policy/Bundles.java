package dev.secureprediction.policy;

import dev.secureprediction.policy.model.Action;
import dev.secureprediction.policy.model.ClaimNames;
import dev.secureprediction.policy.model.Credential;
import dev.secureprediction.policy.model.EndpointIdentity;
import dev.secureprediction.policy.model.Issuer;
import dev.secureprediction.policy.model.KeySource;
import dev.secureprediction.policy.model.Model;
import dev.secureprediction.policy.model.PolicyBundle;
import dev.secureprediction.policy.model.RequestRules;
import dev.secureprediction.policy.model.Role;
import dev.secureprediction.policy.model.Surface;
import dev.secureprediction.policy.model.Timeouts;
import dev.secureprediction.policy.model.Upstream;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A bundle as the operator would write it. */
public final class Bundles {

    /** An Okta issuer. */
    public static final Issuer OKTA = new Issuer(
            "okta",
            "https://acme.okta.com/oauth2/default",
            List.of("api://prediction-production"),
            List.of("RS256"),
            new ClaimNames("sub", "groups", "scp", "org"),
            new KeySource.Discovery(Optional.empty()),
            86_400,
            Optional.of(3600L),
            List.of());

    private Bundles() {}

    /** A bundle with these roles. */
    public static PolicyBundle withRoles(Role... roles) {
        return PolicyBundle.plain(
                new EndpointIdentity("production", "support-production", "support-chat"),
                "v1:" + "0123456789abcdef".repeat(4),
                List.of(Surface.VertexPredict, Surface.GeminiGenerate),
                List.of(OKTA),
                Map.of("analysts", "ml-analysts-production", "scientists", "ml-scientists-production"),
                List.of(roles),
                new RequestRules(1 << 20, Optional.empty()),
                new Timeouts(2_000, 30_000, 30_000, 600_000),
                new Upstream(
                        "europe-west4-aiplatform.googleapis.com",
                        "acme-ml-production",
                        "100000000004",
                        "europe-west4",
                        new Model.Publisher("google", "gemini-2.5-flash"),
                        new Credential.Metadata()));
    }

    /** Analysts may predict and stream. */
    public static PolicyBundle usual() {
        return withRoles(Role.plain(
                "analyst",
                List.of("okta"),
                "bindings.analysts in claims.groups",
                List.of(Action.Predict, Action.Stream)));
    }
}
