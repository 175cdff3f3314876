package dev.secureprediction.operator.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Size;
import java.util.List;

/** Callers and tokens that are refused whatever the contract says. */
@ApiObject
public record Revoked(
        @JsonPropertyDescription("Callers to refuse, each by issuer and subject.") @Size(max = 256)
        List<RevokedSubject> subjects,

        @JsonPropertyDescription("Tokens to refuse, each by issuer and token id.") @Size(max = 256)
        List<RevokedToken> tokenIDs) {
    public Revoked {
        subjects = Absent.list(subjects);
        tokenIDs = Absent.list(tokenIDs);
    }

    /** Nothing revoked. */
    public static final Revoked NONE = new Revoked(List.of(), List.of());
}
