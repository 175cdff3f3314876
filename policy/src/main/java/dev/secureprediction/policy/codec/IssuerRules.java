package dev.secureprediction.policy.codec;

import dev.secureprediction.policy.model.ClaimNames;
import dev.secureprediction.policy.model.Issuer;
import dev.secureprediction.policy.model.KeySource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** What an issuer of a bundle must hold. */
final class IssuerRules {

    /** With a secret that both sides know (HS256 …) every gateway could sign; `none` signs nothing. */
    private static final Set<String> ASYMMETRIC =
            Set.of("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA");

    private static final int MAX_CLAIM_NAME = 255;
    private static final int MAX_CA_BUNDLE = 65_536;
    private static final long MAX_STALE_SECONDS = 604_800;
    private static final Pattern NAME = Pattern.compile("[a-z0-9](?:[-a-z0-9]*[a-z0-9])?");

    private IssuerRules() {}

    static void check(String pointer, Issuer issuer) {
        Check.matches(pointer + "/name", issuer.name(), 63, NAME, "a DNS label (RFC 1123); rename it");
        Urls.checkHttps(pointer + "/url", issuer.url());
        checkTexts(pointer + "/audiences", issuer.audiences(), 1, 16, 255);
        checkAlgorithms(pointer + "/algorithms", issuer.algorithms());
        checkClaims(pointer + "/claims", issuer.claims());
        checkKeys(pointer + "/keys", issuer.keys());
        Check.range(pointer + "/maxStaleSeconds", issuer.maxStaleSeconds(), 0, MAX_STALE_SECONDS);
        issuer.maxTokenLifetimeSeconds()
                .ifPresent(seconds -> Check.range(pointer + "/maxTokenLifetimeSeconds", seconds, 1, Integer.MAX_VALUE));
        checkTexts(pointer + "/tokenTypes", issuer.tokenTypes(), 0, 8, 63);
    }

    private static void checkTexts(String pointer, List<String> values, int least, int most, int maxLength) {
        Check.size(pointer, values, least, most);
        for (int i = 0; i < values.size(); i++) {
            Check.text(pointer + "/" + i, values.get(i), maxLength);
        }
        Check.unique(pointer, values, value -> value, "");
    }

    private static void checkAlgorithms(String pointer, List<String> algorithms) {
        Check.size(pointer, algorithms, 1, ASYMMETRIC.size());
        for (int i = 0; i < algorithms.size(); i++) {
            Check.that(
                    ASYMMETRIC.contains(algorithms.get(i)),
                    pointer + "/" + i,
                    "must be an asymmetric algorithm (RFC 7518, section 3.1); use RS256, PS256, ES256 or their longer kin");
        }
        Check.unique(pointer, algorithms, algorithm -> algorithm, "");
    }

    private static void checkClaims(String pointer, ClaimNames claims) {
        Check.text(pointer + "/subject", claims.subject(), MAX_CLAIM_NAME);
        Check.text(pointer + "/groups", claims.groups(), MAX_CLAIM_NAME);
        Check.text(pointer + "/scopes", claims.scopes(), MAX_CLAIM_NAME);
        Check.text(pointer + "/tenant", claims.tenant(), MAX_CLAIM_NAME);
    }

    private static void checkKeys(String pointer, KeySource keys) {
        switch (keys) {
            case KeySource.Discovery discovery -> checkCaBundle(pointer, discovery.caBundle());
            case KeySource.Jwks jwks -> {
                Urls.checkHttps(pointer + "/url", jwks.url());
                checkCaBundle(pointer, jwks.caBundle());
            }
            case KeySource.Carried carried -> {}
        }
    }

    private static void checkCaBundle(String pointer, Optional<String> caBundle) {
        caBundle.ifPresent(pem -> Check.that(
                pem.length() <= MAX_CA_BUNDLE && pem.contains("-----BEGIN CERTIFICATE-----"),
                pointer + "/caBundle",
                "must be PEM certificates, at most " + MAX_CA_BUNDLE + " characters; correct it"));
    }
}
