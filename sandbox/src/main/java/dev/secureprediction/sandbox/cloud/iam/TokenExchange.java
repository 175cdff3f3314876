package dev.secureprediction.sandbox.cloud.iam;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.text.ParseException;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Security Token Service (RFC 8693): a pool's token in, a principal out, once signature and claims hold. */
public final class TokenExchange {
    private static final Pattern GKE = Pattern.compile("identitynamespace:(?<pool>[a-z0-9-]+\\.svc\\.id\\.goog):.+");
    private static final Pattern FEDERATION = Pattern.compile("//iam\\.googleapis\\.com/(?<provider>projects/(?<number>"
            + "[0-9]+)/locations/global/workloadIdentityPools/(?<pool>[a-z0-9-]+)/providers/[a-z0-9-]+)");
    private static final Pattern KUBERNETES_SUBJECT =
            Pattern.compile("system:serviceaccount:(?<namespace>[^:]+):(?<account>[^:]+)");

    /** An exchange refused (RFC 6749, section 5.2). */
    public static final class Refused extends Exception {
        private static final long serialVersionUID = 1;
        private final String error;

        Refused(String error, String description) {
            super(description);
            this.error = error;
        }

        /** The `error` member of the answer. */
        public String error() {
            return error;
        }
    }

    private final InstantSource clock;
    private final Projects projects;
    private final TrustedPools pools;

    public TokenExchange(InstantSource clock, Projects projects, TrustedPools pools) {
        this.clock = clock;
        this.projects = projects;
        this.pools = pools;
    }

    /**
     * Whom a subject token stands for.
     *
     * @param audience `identitynamespace:POOL:PROVIDER` (GKE) or `//iam.googleapis.com/projects/…/providers/…`
     */
    public Principal exchange(String audience, String subjectToken) throws Refused {
        Matcher gke = GKE.matcher(audience);
        if (gke.matches()) {
            String pool = gke.group("pool");
            return gkePod(pool, verified(pool, Set.of(pool), subjectToken));
        }
        Matcher federation = FEDERATION.matcher(audience);
        if (federation.matches()) {
            String provider = federation.group("provider");
            Set<String> audiences =
                    Set.of("https://iam.googleapis.com/" + provider, "//iam.googleapis.com/" + provider);
            String subject = verified(provider, audiences, subjectToken).getSubject();
            return Principal.federated(federation.group("number"), federation.group("pool"), subject);
        }
        throw new Refused("invalid_request", "Invalid value for \"audience\".");
    }

    private Principal gkePod(String pool, JWTClaimsSet claims) throws Refused {
        Matcher subject = KUBERNETES_SUBJECT.matcher(claims.getSubject());
        if (!subject.matches()) {
            throw new Refused("invalid_grant", "The subject is not a Kubernetes service account.");
        }
        String project = pool.substring(0, pool.indexOf('.'));
        String number = projects.number(project)
                .orElseThrow(() -> new Refused(
                        "invalid_target", "The target service indicated by the \"audience\" parameters is invalid."));
        return Principal.gkePod(pool, number, subject.group("namespace"), subject.group("account"));
    }

    private JWTClaimsSet verified(String pool, Set<String> audiences, String token) throws Refused {
        var trust = pools.find(pool)
                .orElseThrow(() -> new Refused(
                        "invalid_target", "The target service indicated by the \"audience\" parameters is invalid."));
        try {
            SignedJWT jwt = SignedJWT.parse(token);
            JWTClaimsSet claims = jwt.getJWTClaimsSet();
            if (!trust.issuer().equals(claims.getIssuer())) {
                throw new Refused(
                        "invalid_grant",
                        "The issuer in ID Token " + claims.getIssuer() + " does not match the expected ones.");
            }
            if (claims.getAudience().stream().noneMatch(audiences::contains)) {
                throw new Refused(
                        "invalid_grant",
                        "The audience in ID Token " + claims.getAudience() + " does not match the expected audience.");
            }
            if (claims.getExpirationTime() == null
                    || !claims.getExpirationTime().toInstant().isAfter(clock.instant())) {
                throw new Refused("invalid_grant", "ID Token is stale to sign-in.");
            }
            if (claims.getSubject() == null) {
                throw new Refused("invalid_grant", "The ID Token has no subject.");
            }
            Optional<JWK> key = Optional.ofNullable(
                    trust.keys().get().getKeyByKeyId(jwt.getHeader().getKeyID()));
            if (key.isEmpty() || !signedBy(key.get(), jwt)) {
                throw new Refused("invalid_grant", "Invalid signature of the ID Token.");
            }
            return claims;
        } catch (ParseException e) {
            throw new Refused("invalid_grant", "Unable to parse the ID Token.");
        }
    }

    private static boolean signedBy(JWK key, SignedJWT jwt) {
        try {
            return switch (key) {
                case RSAKey rsa -> jwt.verify(new RSASSAVerifier(rsa));
                case ECKey ec -> jwt.verify(new ECDSAVerifier(ec));
                default -> false;
            };
        } catch (JOSEException e) {
            return false;
        }
    }
}
