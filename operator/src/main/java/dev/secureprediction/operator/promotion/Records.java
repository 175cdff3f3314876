package dev.secureprediction.operator.promotion;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.ECKey;
import dev.secureprediction.operator.promotion.Verdict.Cause;
import java.text.ParseException;
import java.time.Instant;
import java.util.Optional;

/** Signs records and judges them. The type in the header keeps a record from being taken for any other signed thing. */
public final class Records {

    private static final JOSEObjectType TYPE = new JOSEObjectType("prediction-verification+jwt");

    private static final ObjectMapper JSON = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
            .build();

    /** A member that the first records did not have. */
    private static final String LATER = "modelVersion";

    private Records() {}

    /** A compact JWS (RFC 7515) by ES256 (RFC 7518). */
    public static String sign(Verification said, ECKey key) {
        try {
            var jws = new JWSObject(
                    new JWSHeader.Builder(JWSAlgorithm.ES256)
                            .type(TYPE)
                            .keyID(key.getKeyID())
                            .build(),
                    new Payload(JSON.writeValueAsString(said)));
            jws.sign(new ECDSASigner(key));
            return jws.serialize();
        } catch (JOSEException | JsonProcessingException e) {
            throw new IllegalStateException("this Java cannot sign by ES256", e);
        }
    }

    /** What a record claims, before anything of it is believed; empty when it is no record. */
    public static Optional<Verification> claimed(SignedRecord signed) {
        return parsed(signed).flatMap(Records::payload);
    }

    /** Whether a record counts at all: who signed it, and whether it has ended. */
    public static Verdict judge(SignedRecord signed, TrustedKeys keys, Instant now) {
        Optional<JWSObject> jws = parsed(signed);
        Optional<Verification> claimed = jws.flatMap(Records::payload);
        if (claimed.isEmpty() || !TYPE.equals(jws.get().getHeader().getType())) {
            return refused(signed, Cause.Malformed, "it is not a signed verification record");
        }
        Verification said = claimed.get();
        Optional<Cause> refusal = keys.refusal(jws.get(), said.iss());
        if (refusal.isPresent()) {
            return refused(
                    signed,
                    refusal.get(),
                    switch (refusal.get()) {
                        case UnknownIssuer -> "its signer '" + said.iss() + "' is not one that counts here";
                        case UnknownKey -> "its signer '" + said.iss() + "' has no such key";
                        default -> "its signature does not hold";
                    });
        }
        if (said.isOver(now)) {
            return refused(signed, Cause.Expired, "it ended at " + Instant.ofEpochSecond(said.exp()));
        }
        return new Verdict.Trusted(signed, said);
    }

    /** The same, and whether it is about this application in that environment. */
    public static Verdict judge(SignedRecord signed, TrustedKeys keys, Instant now, Subject subject) {
        Verdict verdict = judge(signed, keys, now);
        if (!(verdict instanceof Verdict.Trusted trusted)) {
            return verdict;
        }
        Verification said = trusted.said();
        if (!said.environment().equals(subject.environment())) {
            return refused(signed, Cause.OtherEnvironment, "it is about environment '" + said.environment() + "'");
        }
        if (!said.tenant().equals(subject.tenant())) {
            return refused(signed, Cause.OtherTenant, "it is about an application of another tenant");
        }
        if (!said.application().equals(subject.application())) {
            return refused(signed, Cause.OtherApplication, "it is about application '" + said.application() + "'");
        }
        return verdict;
    }

    /** What a record should be about. */
    public record Subject(String environment, String tenant, String application) {

        /** Whether a record claims to be about it. */
        public boolean isClaimedBy(Verification said) {
            return said.environment().equals(environment)
                    && said.tenant().equals(tenant)
                    && said.application().equals(application);
        }
    }

    private static Verdict refused(SignedRecord signed, Cause cause, String message) {
        return new Verdict.Refused(signed, cause, message);
    }

    private static Optional<JWSObject> parsed(SignedRecord signed) {
        try {
            return Optional.of(JWSObject.parse(signed.jws()));
        } catch (ParseException e) {
            return Optional.empty();
        }
    }

    private static Optional<Verification> payload(JWSObject jws) {
        try {
            JsonNode said = JSON.readTree(jws.getPayload().toString());
            if (said instanceof ObjectNode object && !object.has(LATER)) {
                object.putNull(LATER);
            }
            return Optional.of(JSON.treeToValue(said, Verification.class));
        } catch (JsonProcessingException | IllegalArgumentException | NullPointerException e) {
            return Optional.empty();
        }
    }
}
