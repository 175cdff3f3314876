package dev.secureprediction.gateway.tokens;

import dev.secureprediction.policy.model.Issuer;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** One issuer of a policy with its keys. */
final class TrustedIssuer {
    private final Issuer issuer;
    private final IssuerKeySource keys;
    private final ClaimRules rules;

    TrustedIssuer(Issuer issuer, IssuerKeySource keys) {
        this.issuer = issuer;
        this.keys = keys;
        this.rules = new ClaimRules(issuer);
    }

    Issuer issuer() {
        return issuer;
    }

    IssuerKeySource keys() {
        return keys;
    }

    boolean acceptsAudience(Map<String, Object> claims) {
        return rules.acceptsAudience(claims);
    }

    /** Verifies; where the key is not known, asks the issuer for it. */
    Verification verify(CompactJws jws, Instant now, SignatureWork work) throws FaultyTokenException {
        Verification verification = verifyWithKeysAtHand(jws, now, work);
        boolean missing = verification instanceof Verification.Faulty faulty
                && (faulty.fault() == TokenFault.KEY_UNKNOWN || faulty.fault() == TokenFault.KEYS_UNAVAILABLE);
        return missing
                ? keys.lookFor(jws.keyId().orElse(""))
                        .<Verification>map(Verification.Pending::new)
                        .orElse(verification)
                : verification;
    }

    /** Algorithm by the policy's list first, then key, signature, claims: a forger learns as little as possible. */
    Verification verifyWithKeysAtHand(CompactJws jws, Instant now, SignatureWork work) throws FaultyTokenException {
        if (!issuer.algorithms().contains(jws.algorithm())) {
            return new Verification.Faulty(TokenFault.ALGORITHM_REFUSED);
        }
        KeySet current = keys.current();
        Optional<VerificationKey> key = current.find(jws.keyId(), jws.algorithm());
        if (key.isEmpty()) {
            return new Verification.Faulty(missing(jws, current));
        }
        if (!work.allowed()) {
            return new Verification.Faulty(TokenFault.TOO_MANY_WRONG);
        }
        if (!key.get().verifies(jws)) {
            work.wasWrong();
            return new Verification.Faulty(TokenFault.SIGNATURE_WRONG);
        }
        return new Verification.Valid(rules.check(jws, key.get().thumbprint(), now));
    }

    private static TokenFault missing(CompactJws jws, KeySet current) {
        if (current.size() == 0) {
            return TokenFault.KEYS_UNAVAILABLE;
        }
        boolean there = jws.keyId().map(current::containsId).orElse(true);
        return there ? TokenFault.KEY_UNFIT : TokenFault.KEY_UNKNOWN;
    }
}
