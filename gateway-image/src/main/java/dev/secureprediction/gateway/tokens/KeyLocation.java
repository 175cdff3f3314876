package dev.secureprediction.gateway.tokens;

import dev.secureprediction.policy.model.Issuer;
import dev.secureprediction.policy.model.KeySource;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/** Finds an issuer's key set: at a configured place or by discovery (OpenID Connect Discovery 1.0, section 4). */
final class KeyLocation {
    private static final Duration DISCOVERY_AGE = Duration.ofHours(1);

    private final Issuer issuer;
    private final KeyDocuments documents;
    private final Clock clock;
    private URI discovered = URI.create("");
    private Instant discoveredAt = Instant.MIN;

    KeyLocation(Issuer issuer, KeyDocuments documents, Clock clock) {
        this.issuer = issuer;
        this.documents = documents;
        this.clock = clock;
    }

    /** Fetches the key set. Called by one thread at a time. */
    KeyDocuments.Document fetch() throws IOException, InterruptedException {
        return switch (issuer.keys()) {
            case KeySource.Jwks jwks -> documents.get(uri(jwks.url()));
            case KeySource.Discovery discovery -> fetchDiscovered();
            case KeySource.Carried carried -> throw new IOException("keys of this issuer are carried, not fetched");
        };
    }

    private KeyDocuments.Document fetchDiscovered() throws IOException, InterruptedException {
        if (discoveredAt.plus(DISCOVERY_AGE).isBefore(clock.instant())) {
            discovered = discover();
            discoveredAt = clock.instant();
        }
        try {
            return documents.get(discovered);
        } catch (IOException e) {
            discoveredAt = Instant.MIN; // it may have moved: ask again next time
            throw e;
        }
    }

    private URI discover() throws IOException, InterruptedException {
        String base = issuer.url().endsWith("/")
                ? issuer.url().substring(0, issuer.url().length() - 1)
                : issuer.url();
        Map<String, Object> metadata = StrictJson.object(documents
                        .get(uri(base + "/.well-known/openid-configuration"))
                        .body())
                .orElseThrow(() -> new IOException("the discovery document is not a JSON object"));
        if (!issuer.url().equals(metadata.get("issuer"))) {
            throw new IOException("the discovery document speaks for another issuer"); // section 4.3
        }
        if (metadata.get("jwks_uri") instanceof String location) {
            return uri(location);
        }
        throw new IOException("the discovery document has no jwks_uri");
    }

    private static URI uri(String text) throws IOException {
        try {
            return URI.create(text);
        } catch (IllegalArgumentException e) {
            throw new IOException("not a URL", e);
        }
    }
}
