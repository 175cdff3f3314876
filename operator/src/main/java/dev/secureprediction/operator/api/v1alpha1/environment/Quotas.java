package dev.secureprediction.operator.api.v1alpha1.environment;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.secureprediction.operator.api.v1alpha1.ApiObject;
import dev.secureprediction.operator.api.v1alpha1.Defaults;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import org.jspecify.annotations.Nullable;

/** How much of what the operator makes the project may hold; Google's API of IAM does not tell. */
@ApiObject
public record Quotas(
        @JsonPropertyDescription(
                "How many service accounts the project may hold, as its quota says. status tells when few are left. Default: 100, which is Google's.")
        @Nullable
        @Min(1)
        @Max(1000000)
        Integer serviceAccounts) {

    /** Google's own, where nobody asked for more. */
    public static final Quotas DEFAULT = new Quotas(null);

    /** How many service accounts the project may hold. */
    public int serviceAccountsOrDefault() {
        return serviceAccounts == null ? Defaults.SERVICE_ACCOUNTS : serviceAccounts;
    }
}
