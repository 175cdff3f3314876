package dev.secureprediction.policy.model;

import java.util.List;

/**
 * Callers and tokens that are refused whatever the policy says; the file `revocations.json` beside it.
 *
 * @param subjects callers, each by the issuer's name and subject
 * @param tokenIds tokens, each by the issuer's name and `jti`
 */
public record Revocations(List<Subject> subjects, List<TokenId> tokenIds) {

    /** Nothing revoked. */
    public static final Revocations NONE = new Revocations(List.of(), List.of());

    public Revocations {
        subjects = List.copyOf(subjects);
        tokenIds = List.copyOf(tokenIds);
    }

    /** A caller. */
    public record Subject(String issuer, String subject) {}

    /** A token by its `jti` claim (RFC 7519, section 4.1.7). */
    public record TokenId(String issuer, String id) {}
}
