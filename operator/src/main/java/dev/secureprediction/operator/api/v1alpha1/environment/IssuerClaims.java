package dev.secureprediction.operator.api.v1alpha1.environment;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.secureprediction.operator.api.v1alpha1.ApiObject;
import dev.secureprediction.operator.api.v1alpha1.Defaults;
import io.fabric8.generator.annotation.Size;
import org.jspecify.annotations.Nullable;

/** Which claims carry what roles speak of. */
@ApiObject
public record IssuerClaims(
        @JsonPropertyDescription("Claim of the caller's stable id. Default: sub.") @Nullable @Size(min = 1, max = 255)
        String subject,

        @JsonPropertyDescription("Claim with group names, a string or an array. Default: groups.")
        @Nullable
        @Size(min = 1, max = 255)
        String groups,

        @JsonPropertyDescription("Claim with scopes, an array or a space separated string. Default: scope.")
        @Nullable
        @Size(min = 1, max = 255)
        String scopes,

        @JsonPropertyDescription("Claim with the caller's organisation. Default: tenant.")
        @Nullable
        @Size(min = 1, max = 255)
        String tenant) {
    /** The usual names. */
    public static final IssuerClaims DEFAULT = new IssuerClaims(null, null, null, null);
    /** Claim of the caller's stable id. */
    public String subjectOrDefault() {
        return subject == null ? Defaults.CLAIM_SUBJECT : subject;
    }
    /** Claim with group names. */
    public String groupsOrDefault() {
        return groups == null ? Defaults.CLAIM_GROUPS : groups;
    }
    /** Claim with scopes. */
    public String scopesOrDefault() {
        return scopes == null ? Defaults.CLAIM_SCOPES : scopes;
    }
    /** Claim with the caller's organisation. */
    public String tenantOrDefault() {
        return tenant == null ? Defaults.CLAIM_TENANT : tenant;
    }
}
