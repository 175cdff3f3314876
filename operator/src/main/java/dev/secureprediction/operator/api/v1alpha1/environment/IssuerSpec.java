package dev.secureprediction.operator.api.v1alpha1.environment;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.secureprediction.operator.api.v1alpha1.Absent;
import dev.secureprediction.operator.api.v1alpha1.ApiObject;
import dev.secureprediction.operator.api.v1alpha1.Defaults;
import dev.secureprediction.operator.api.v1alpha1.Formats;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A token issuer that gateways trust (RFC 8414, OpenID Connect Discovery 1.0). */
@ApiObject
@ValidationRule(
        value = "!has(self.kubernetes) || (!has(self.jwksURL) && !has(self.caBundle))",
        message = "issuers: kubernetes takes its keys from this cluster; remove jwksURL and caBundle, or kubernetes")
public record IssuerSpec(
        @JsonPropertyDescription("Name that roles refer to; unique.")
        @Required
        @Size(min = 1, max = 63)
        @Pattern(Formats.DNS_LABEL)
        String name,

        @JsonPropertyDescription("Exact value of the claim `iss`; keys are found by discovery below it.")
        @Required
        @Size(min = 9, max = 512)
        @ValidationRule(
                value = "isURL(self) && url(self).getScheme() == 'https'",
                message =
                        "issuers: url must be an https URL, exactly as in the claim `iss`; give one that begins with https://")
        String url,

        @JsonPropertyDescription("Accepted values of the claim `aud`; one must match exactly.")
        @Required
        @Size(min = 1, max = 16)
        List<@Size(min = 1, max = 255) String> audiences,

        @JsonPropertyDescription("Accepted signature algorithms, asymmetric only (RFC 7518, RFC 8037). Default: RS256.")
        @Size(max = 10)
        List<SigningAlgorithm> algorithms,

        @JsonPropertyDescription("Which claims carry what roles speak of.") @Nullable
        IssuerClaims claims,

        @JsonPropertyDescription("How long its last good keys serve while it is down, in seconds. Default: 86400.")
        @Nullable
        @Min(60)
        @Max(604800)
        Integer maxStaleSeconds,

        @JsonPropertyDescription("Accepted values of the header `typ`. Default: at+jwt, JWT or none.") @Size(max = 8)
        List<@Size(min = 1, max = 63) String> tokenTypes,

        @JsonPropertyDescription("Where its keys are, when it serves no discovery document.")
        @Nullable
        @Size(min = 9, max = 512)
        @ValidationRule(
                value = "isURL(self) && url(self).getScheme() == 'https'",
                message = "issuers: jwksURL must be an https URL; give one that begins with https://")
        String jwksURL,

        @JsonPropertyDescription("PEM certificates to trust for it; default: the system's.")
        @Nullable
        @Size(min = 1, max = 65536)
        String caBundle,

        @JsonPropertyDescription("Present: the issuer is this cluster; the operator carries its keys to the gateways.")
        @Nullable
        KubernetesIssuer kubernetes) {
    public IssuerSpec {
        audiences = Absent.list(audiences);
        algorithms = Absent.list(algorithms);
        tokenTypes = Absent.list(tokenTypes);
    }

    /** Accepted signature algorithms; never empty. */
    public List<SigningAlgorithm> algorithmsOrDefault() {
        return algorithms.isEmpty() ? Defaults.ALGORITHMS : algorithms;
    }
    /** Which claims carry what roles speak of. */
    public IssuerClaims claimsOrDefault() {
        return claims == null ? IssuerClaims.DEFAULT : claims;
    }
    /** How long its last good keys serve while it is down, in seconds. */
    public int maxStaleSecondsOrDefault() {
        return maxStaleSeconds == null ? Defaults.MAX_STALE_SECONDS : maxStaleSeconds;
    }
}
