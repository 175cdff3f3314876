package dev.secureprediction.operator.apply;

import com.fasterxml.jackson.databind.JsonNode;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import dev.secureprediction.operator.promotion.SigningKeys;
import dev.secureprediction.operator.promotion.TrustedKeys;
import dev.secureprediction.operator.render.SecretData;
import dev.secureprediction.operator.render.SigningSecret;
import dev.secureprediction.operator.resolve.ResourceJson;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The keys that records are signed with, in a Secret of the operator's own namespace; made and renewed where due. */
public final class SigningKeyStore {

    private static final Logger LOG = LoggerFactory.getLogger(SigningKeyStore.class);
    private static final Duration FRESH = Duration.ofMinutes(5);

    private final KubernetesClient client;
    private final String namespace;
    private final String issuer;
    private final Clock clock;
    private final AtomicReference<Reading> last = new AtomicReference<>(new Reading(Instant.MIN, null));

    /**
     * A store.
     *
     * @param issuer who signs, as records name it
     */
    public SigningKeyStore(KubernetesClient client, String namespace, String issuer, Clock clock) {
        this.client = client;
        this.namespace = namespace;
        this.issuer = issuer;
        this.clock = clock;
    }

    /** Who signs. */
    public String issuer() {
        return issuer;
    }

    /**
     * The key that signs now.
     *
     * @throws KubernetesClientException when the Secret can be neither read nor made
     */
    public ECKey signer() {
        return keys().signer(clock.instant());
    }

    /**
     * The public halves of all that still count.
     *
     * @throws KubernetesClientException when the Secret can be neither read nor made
     */
    public JWKSet published() {
        return keys().published();
    }

    /** The public halves as JSON, for people to copy; empty while they cannot be read. */
    public Optional<JsonNode> shown() {
        try {
            return Optional.of(ResourceJson.asRead(published().toJSONObject()));
        } catch (KubernetesClientException e) {
            LOG.warn("the keys of records cannot be read: {}", e.getMessage());
            return Optional.empty();
        }
    }

    /** What this operator signed counts; nothing does while the keys cannot be read. */
    public TrustedKeys trusted() {
        try {
            return TrustedKeys.own(issuer, published());
        } catch (KubernetesClientException e) {
            LOG.warn("the keys of records cannot be read: {}", e.getMessage());
            return TrustedKeys.none();
        }
    }

    private synchronized SigningKeys keys() {
        Instant now = clock.instant();
        Reading known = last.get();
        if (known.keys() != null && now.isBefore(known.until())) {
            return known.keys();
        }
        SigningKeys keys = current(now);
        last.set(new Reading(now.plus(FRESH), keys));
        return keys;
    }

    private SigningKeys current(Instant now) {
        Secret secret = client.secrets()
                .inNamespace(namespace)
                .withName(SigningSecret.NAME)
                .get();
        if (secret == null) {
            return created(now);
        }
        SigningKeys found = SigningKeys.read(SecretData.decoded(secret)).orElse(null);
        if (found == null) {
            LOG.error("secret {}/{} cannot be read as signing keys; it is made anew", namespace, SigningSecret.NAME);
            return replaced(secret, SigningKeys.create(now));
        }
        SigningKeys maintained = found.maintained(now);
        return maintained.equals(found) ? found : replaced(secret, maintained);
    }

    private SigningKeys created(Instant now) {
        SigningKeys keys = SigningKeys.create(now);
        try {
            client.resource(SigningSecret.of(namespace, keys)).create();
            return keys;
        } catch (KubernetesClientException e) {
            if (e.getCode() == HttpURLConnection.HTTP_CONFLICT) { // a replica was quicker
                return SigningKeys.read(SecretData.decoded(client.secrets()
                                .inNamespace(namespace)
                                .withName(SigningSecret.NAME)
                                .require()))
                        .orElseThrow(() -> e);
            }
            throw e;
        }
    }

    private SigningKeys replaced(Secret read, SigningKeys keys) {
        Secret renewed = SigningSecret.of(namespace, keys);
        renewed.getMetadata().setResourceVersion(read.getMetadata().getResourceVersion());
        client.resource(renewed).update();
        return keys;
    }

    private record Reading(Instant until, @Nullable SigningKeys keys) {}
}
