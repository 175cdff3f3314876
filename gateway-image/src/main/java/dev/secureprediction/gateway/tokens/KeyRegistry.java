package dev.secureprediction.gateway.tokens;

import com.fasterxml.jackson.databind.JsonNode;
import dev.secureprediction.policy.model.Issuer;
import dev.secureprediction.policy.model.IssuerKeys;
import dev.secureprediction.policy.model.KeySource;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * The key sources of all issuers. They outlive a policy: a new policy with the same issuer keeps the keys that were
 * fetched, so that a reload never waits for an issuer.
 */
public final class KeyRegistry implements AutoCloseable {
    private final Function<Optional<String>, KeyDocuments> documents;
    private final Supplier<SignatureProvider> provider;
    private final ScheduledExecutorService timer;
    private final Clock clock;

    // guarded by this
    private final Map<Issuer, FetchedKeys> fetched = new HashMap<>();
    private final Map<String, CarriedKeys> carried = new HashMap<>();

    KeyRegistry(
            Function<Optional<String>, KeyDocuments> documents,
            Supplier<SignatureProvider> provider,
            ScheduledExecutorService timer,
            Clock clock) {
        this.documents = documents;
        this.provider = provider;
        this.timer = timer;
        this.clock = clock;
    }

    /** A registry that fetches over https. */
    public static KeyRegistry overHttps(
            Supplier<SignatureProvider> provider, ScheduledExecutorService timer, Clock clock) {
        return new KeyRegistry(HttpKeyDocuments::trusting, provider, timer, clock);
    }

    /** The issuer's source; fetching begins at the first call. */
    synchronized IssuerKeySource source(Issuer issuer) {
        if (issuer.keys() instanceof KeySource.Carried) {
            return carried.computeIfAbsent(issuer.name(), name -> new CarriedKeys());
        }
        Issuer identity = identity(issuer);
        FetchedKeys known = fetched.get(identity);
        if (known == null) {
            known = new FetchedKeys(issuer, documents.apply(caBundle(issuer)), provider, timer, clock);
            fetched.put(identity, known);
            known.begin();
        }
        return known;
    }

    /** Ends the sources that no issuer of the policy in force has. */
    public synchronized void retain(List<Issuer> issuers) {
        List<Issuer> wanted = issuers.stream().map(KeyRegistry::identity).toList();
        fetched.entrySet().removeIf(entry -> {
            boolean gone = !wanted.contains(entry.getKey());
            if (gone) {
                entry.getValue().close();
            }
            return gone;
        });
    }

    /** Takes the keys that the operator carries. An issuer that is no longer among them loses its keys. */
    public synchronized void carry(IssuerKeys keys) {
        for (String name : keys.issuers().keySet()) {
            carried.computeIfAbsent(name, ignored -> new CarriedKeys());
        }
        carried.forEach((name, source) -> source.replace(
                Optional.ofNullable(keys.issuers().get(name)).map(this::parse).orElse(KeySet.EMPTY), clock.instant()));
    }

    private KeySet parse(JsonNode set) {
        return KeySet.parse(set.toString().getBytes(StandardCharsets.UTF_8), provider.get())
                .orElse(KeySet.EMPTY);
    }

    private static Optional<String> caBundle(Issuer issuer) {
        return switch (issuer.keys()) {
            case KeySource.Discovery discovery -> discovery.caBundle();
            case KeySource.Jwks jwks -> jwks.caBundle();
            case KeySource.Carried carried -> Optional.empty();
        };
    }

    /** What decides where keys come from and how long they serve; the rest of an issuer may change freely. */
    private static Issuer identity(Issuer issuer) {
        return new Issuer(
                issuer.name(),
                issuer.url(),
                List.of(),
                List.of(),
                issuer.claims(),
                issuer.keys(),
                issuer.maxStaleSeconds(),
                Optional.empty(),
                List.of());
    }

    @Override
    public synchronized void close() {
        fetched.values().forEach(FetchedKeys::close);
    }
}
