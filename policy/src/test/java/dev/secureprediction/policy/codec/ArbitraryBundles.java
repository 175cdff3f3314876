package dev.secureprediction.policy.codec;

import com.fasterxml.jackson.databind.JsonNode;
import dev.secureprediction.policy.Bundles;
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
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** Bundles of every shape that the rules allow. */
final class ArbitraryBundles {

    private static final PolicyBundle USUAL = Bundles.usual();

    private ArbitraryBundles() {}

    static Arbitrary<PolicyBundle> any() {
        return Combinators.combine(
                        Arbitraries.of(Surface.class).list().uniqueElements().ofMinSize(1),
                        issuers(),
                        bindings(),
                        Arbitraries.of(Action.class).list().uniqueElements().ofMinSize(1),
                        text(),
                        requests(),
                        timeouts(),
                        upstreams())
                .as((surfaces, issuers, bindings, actions, when, request, timeouts, upstream) -> PolicyBundle.plain(
                        new EndpointIdentity("production", "support-production", "support-chat"),
                        USUAL.contractDigest(),
                        surfaces,
                        issuers,
                        bindings,
                        List.of(
                                Role.plain("first", List.of(issuers.getFirst().name()), when, actions),
                                Role.plain("second", names(issuers), "true", List.of(Action.Predict))),
                        request,
                        timeouts,
                        upstream));
    }

    private static List<String> names(List<Issuer> issuers) {
        return issuers.stream().map(Issuer::name).toList();
    }

    private static Arbitrary<String> label() {
        return Arbitraries.strings().withCharRange('a', 'z').ofMinLength(1).ofMaxLength(20);
    }

    /** Any characters but halves of one, and never only blanks. */
    private static Arbitrary<String> text() {
        return Arbitraries.strings().excludeChars(surrogates()).ofMaxLength(40).map(text -> "x" + text);
    }

    private static char[] surrogates() {
        char[] all = new char[Character.MAX_SURROGATE - Character.MIN_SURROGATE + 1];
        for (int i = 0; i < all.length; i++) {
            all[i] = (char) (Character.MIN_SURROGATE + i);
        }
        return all;
    }

    private static Arbitrary<List<Issuer>> issuers() {
        return Combinators.combine(
                        label(),
                        text().list().uniqueElements().ofMinSize(1).ofMaxSize(4),
                        Arbitraries.of("RS256", "PS384", "ES512")
                                .list()
                                .uniqueElements()
                                .ofMinSize(1),
                        text(),
                        keys(),
                        Arbitraries.longs().between(0, 604_800),
                        Arbitraries.longs().between(1, 100_000).optional(),
                        text().list().uniqueElements().ofMaxSize(3))
                .as((name, audiences, algorithms, claim, keys, stale, lifetime, types) -> new Issuer(
                        name,
                        "https://" + name + ".example/oauth2",
                        audiences,
                        algorithms,
                        new ClaimNames(claim, "groups", "scp", "org"),
                        keys,
                        stale,
                        lifetime,
                        types))
                .list()
                .uniqueElements(Issuer::name)
                .ofMinSize(1)
                .ofMaxSize(3);
    }

    private static Arbitrary<KeySource> keys() {
        Optional<String> caBundle = Optional.of("-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n");
        return Arbitraries.of(
                new KeySource.Carried(),
                new KeySource.Discovery(Optional.empty()),
                new KeySource.Discovery(caBundle),
                new KeySource.Jwks("https://keys.example/v1/keys", Optional.empty()),
                new KeySource.Jwks("https://keys.example:8443/v1/keys", caBundle));
    }

    private static Arbitrary<Map<String, String>> bindings() {
        return Arbitraries.maps(label(), text()).ofMaxSize(5);
    }

    private static Arbitrary<RequestRules> requests() {
        Arbitrary<JsonNode> schemas = Arbitraries.of(
                Trees.of("{\"type\":\"object\"}"),
                Trees.of("{\"properties\":{\"a\":{\"maximum\":1.5,\"enum\":[null,1,\"x\"]}}}"),
                Trees.of("true"));
        return Combinators.combine(Arbitraries.longs().between(1, 32L << 20), schemas.optional())
                .as(RequestRules::new);
    }

    private static Arbitrary<Timeouts> timeouts() {
        return Arbitraries.longs()
                .between(1, 3_600_000)
                .map(total -> new Timeouts((total + 1) / 2, (total + 2) / 3, total, total));
    }

    private static Arbitrary<Upstream> upstreams() {
        Arbitrary<Model> models = Arbitraries.of(
                new Model.Publisher("google", "gemini-2.5-flash"),
                new Model.Publisher("anthropic", "claude-sonnet-4-5@20250929"),
                new Model.Endpoint("1234567890123456789"),
                new Model.Endpoint("spe-churn"));
        Arbitrary<Credential> credentials = Arbitraries.of(
                new Credential.Metadata(),
                new Credential.Federation(
                        "//iam.googleapis.com/projects/1/locations/global/workloadIdentityPools/p/providers/v",
                        "https://sts.googleapis.com/v1/token",
                        "https://iamcredentials.googleapis.com/v1/projects/-/serviceAccounts/a:generateAccessToken"));
        return Combinators.combine(
                        Arbitraries.of("127.0.0.1:8443", "europe-west4-aiplatform.googleapis.com"),
                        Arbitraries.of("global", "europe-west4"),
                        models,
                        credentials)
                .as((authority, location, model, credential) ->
                        new Upstream(authority, "acme-ml-production", "100000000004", location, model, credential));
    }
}
