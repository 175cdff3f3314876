package dev.secureprediction.gateway.tokens;

import dev.secureprediction.policy.model.Revocations;
import java.util.Set;

/** Callers and tokens that are refused whatever the policy says; replaced whole. */
public final class RevocationList {
    private volatile Entries entries = new Entries(Set.of(), Set.of());

    private record Entries(Set<Revocations.Subject> subjects, Set<Revocations.TokenId> tokens) {}

    public void replace(Revocations revocations) {
        entries = new Entries(Set.copyOf(revocations.subjects()), Set.copyOf(revocations.tokenIds()));
    }

    boolean revokes(VerifiedToken token) {
        Entries now = entries;
        String issuer = token.caller().issuer();
        return now.subjects()
                        .contains(new Revocations.Subject(issuer, token.caller().subject()))
                || token.tokenId()
                        .map(id -> now.tokens().contains(new Revocations.TokenId(issuer, id)))
                        .orElse(false);
    }
}
