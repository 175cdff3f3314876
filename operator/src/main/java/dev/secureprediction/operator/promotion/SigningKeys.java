package dev.secureprediction.operator.promotion;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The keys that records are signed with, oldest first. A successor is published well before it signs, so that other clusters
 * hold it by then, and a predecessor stays until the last record that it signed has ended.
 */
public final class SigningKeys {

    /** How long a record counts. */
    public static final Duration RECORD_LIFETIME = Duration.ofDays(90);

    /** A successor is made when the newest key is this old. */
    static final Duration SUCCESSOR_DUE = Duration.ofDays(60);

    /** How long a successor is only published. */
    static final Duration PUBLISHED_FIRST = Duration.ofDays(30);

    private static final Duration RETIRED =
            SUCCESSOR_DUE.plus(PUBLISHED_FIRST).plus(RECORD_LIFETIME).plusDays(1);

    private static final String DATA = "keys.json";

    private final List<ECKey> keys;

    private SigningKeys(List<ECKey> keys) {
        this.keys = List.copyOf(keys);
    }

    /** A first key. */
    public static SigningKeys create(Instant now) {
        return new SigningKeys(List.of(generate(now)));
    }

    /** Reads what {@link #secretData} wrote; empty when it is not that. */
    public static Optional<SigningKeys> read(Map<String, String> data) {
        try {
            List<ECKey> keys = new ArrayList<>();
            for (JWK key : JWKSet.parse(data.getOrDefault(DATA, "")).getKeys()) {
                if (!(key instanceof ECKey ecKey) || !key.isPrivate() || key.getIssueTime() == null) {
                    return Optional.empty();
                }
                keys.add(ecKey);
            }
            return keys.isEmpty() ? Optional.empty() : Optional.of(new SigningKeys(keys));
        } catch (ParseException e) {
            return Optional.empty();
        }
    }

    /** For the Secret that keeps them. */
    public Map<String, String> secretData() {
        return Map.of(DATA, new JWKSet(List.copyOf(keys)).toString(false));
    }

    /** Without what has ended, and with a successor where one is due; the same object when neither holds. */
    public SigningKeys maintained(Instant now) {
        List<ECKey> kept = new ArrayList<>(keys);
        kept.removeIf(key -> age(key, now).compareTo(RETIRED) > 0);
        if (kept.isEmpty() || age(kept.getLast(), now).compareTo(SUCCESSOR_DUE) >= 0) {
            kept.add(generate(now));
        }
        return kept.size() == keys.size() && kept.getLast().equals(keys.getLast()) ? this : new SigningKeys(kept);
    }

    /** The key that signs now: the newest that was published long enough, else the oldest. */
    public ECKey signer(Instant now) {
        return keys.reversed().stream()
                .filter(key -> age(key, now).compareTo(PUBLISHED_FIRST) >= 0)
                .findFirst()
                .orElseGet(keys::getFirst);
    }

    /** The public halves. */
    public JWKSet published() {
        return new JWKSet(List.copyOf(keys)).toPublicJWKSet();
    }

    @Override
    public String toString() {
        return "SigningKeys" + keys.stream().map(ECKey::getKeyID).toList();
    }

    private static Duration age(ECKey key, Instant now) {
        return Duration.between(key.getIssueTime().toInstant(), now);
    }

    private static ECKey generate(Instant now) {
        try {
            return new ECKeyGenerator(Curve.P_256)
                    .keyIDFromThumbprint(true)
                    .keyUse(KeyUse.SIGNATURE)
                    .issueTime(Date.from(now))
                    .generate();
        } catch (JOSEException e) {
            throw new IllegalStateException("this Java cannot make an ECDSA P-256 key", e);
        }
    }
}
