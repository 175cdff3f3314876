package dev.secureprediction.sandbox.issuer;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.util.Base64URL;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Makes one token (JWS compact serialization, RFC 7515), good or bad: starts as the issuer would make it, and takes any
 * header, claim and signature. Not for two threads at once.
 */
public final class TokenBuilder {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final SigningKeys keys;
    private final Map<String, Object> header = new LinkedHashMap<>();
    private final Map<String, Object> claims = new LinkedHashMap<>();
    private JWSAlgorithm algorithm = JWSAlgorithm.RS256;
    private Optional<JWK> foreignKey = Optional.empty();
    private Optional<byte[]> macSecret = Optional.empty();
    private Optional<String> rawPayload = Optional.empty();
    private boolean signed = true;

    TokenBuilder(SigningKeys keys, String issuer) {
        this.keys = keys;
        Instant now = Instant.now();
        header.put("kid", keys.rsa().getKeyID());
        header.put("alg", algorithm.getName());
        claims.put("ver", 1);
        claims.put("jti", "AT." + UUID.randomUUID());
        claims.put("iss", issuer);
        claims.put("cid", "sandbox");
        claims.put("scp", List.of("prediction"));
        issuedAt(now);
        expiresAt(now.plus(Duration.ofHours(1)));
    }

    /** Subject and groups of a person. */
    public TokenBuilder person(Person person) {
        return subject(person.username()).claim("groups", person.groups());
    }

    public TokenBuilder subject(String subject) {
        return claim("sub", subject).claim("uid", "00u" + Integer.toHexString(subject.hashCode()));
    }

    /** One audience as a string, several as an array. */
    public TokenBuilder audience(String... audiences) {
        return claim("aud", audiences.length == 1 ? audiences[0] : List.of(audiences));
    }

    public TokenBuilder issuedAt(Instant time) {
        return claim("iat", time.getEpochSecond());
    }

    public TokenBuilder expiresAt(Instant time) {
        return claim("exp", time.getEpochSecond());
    }

    /** Issued two hours ago, expired an hour ago. */
    public TokenBuilder expired() {
        Instant now = Instant.now();
        return issuedAt(now.minus(Duration.ofHours(2))).expiresAt(now.minus(Duration.ofHours(1)));
    }

    /** Sets any claim to any JSON value. */
    public TokenBuilder claim(String name, Object value) {
        claims.put(name, value);
        return this;
    }

    public TokenBuilder withoutClaim(String name) {
        claims.remove(name);
        return this;
    }

    /** Takes this text as payload in place of the claims; it need not be JSON. */
    public TokenBuilder payload(String text) {
        rawPayload = Optional.of(text);
        return this;
    }

    /** Sets any header parameter to any JSON value; says nothing about how the token is really signed. */
    public TokenBuilder header(String name, Object value) {
        header.put(name, value);
        return this;
    }

    public TokenBuilder withoutHeader(String name) {
        header.remove(name);
        return this;
    }

    /** The `typ` header. */
    public TokenBuilder type(String type) {
        return header("typ", type);
    }

    /** Signs with the issuer's key for this algorithm (RS*, PS* or ES256) and says so in the header. */
    public TokenBuilder algorithm(JWSAlgorithm wanted) {
        algorithm = wanted;
        JWK key = JWSAlgorithm.Family.EC.contains(wanted) ? keys.ec() : keys.rsa();
        return header("alg", wanted.getName()).header("kid", key.getKeyID());
    }

    /** Signs with another key, while the header still names the issuer's: a forgery. */
    public TokenBuilder signedBy(JWK key) {
        foreignKey = Optional.of(key);
        return this;
    }

    /** Signs with HS256 and this secret, as one does who confuses a public key with a secret. */
    public TokenBuilder macWith(byte[] secret) {
        macSecret = Optional.of(secret.clone());
        algorithm = JWSAlgorithm.HS256;
        return header("alg", "HS256");
    }

    /** Leaves the signature out. */
    public TokenBuilder unsigned(String algorithmName) {
        signed = false;
        return header("alg", algorithmName);
    }

    /** The token. */
    public String build() {
        try {
            String payload = rawPayload.isPresent() ? rawPayload.get() : JSON.writeValueAsString(claims);
            String input = Base64URL.encode(JSON.writeValueAsString(header)) + "." + Base64URL.encode(payload);
            return input + "." + (signed ? signature(input) : "");
        } catch (JsonProcessingException | JOSEException e) {
            throw new IllegalArgumentException("These values do not make a token: " + e.getMessage(), e);
        }
    }

    private Base64URL signature(String input) throws JOSEException {
        return signer().sign(new JWSHeader(algorithm), input.getBytes(UTF_8));
    }

    private JWSSigner signer() throws JOSEException {
        if (macSecret.isPresent()) {
            return new MACSigner(macSecret.get());
        }
        JWK own = JWSAlgorithm.Family.EC.contains(algorithm) ? keys.ec() : keys.rsa();
        return switch (foreignKey.orElse(own)) {
            case RSAKey rsa -> new RSASSASigner(rsa);
            case ECKey ec -> new ECDSASigner(ec);
            case JWK other -> throw new JOSEException("A " + other.getKeyType() + " key cannot sign here");
        };
    }
}
