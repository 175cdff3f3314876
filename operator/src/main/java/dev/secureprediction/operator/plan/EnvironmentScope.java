package dev.secureprediction.operator.plan;

import dev.secureprediction.operator.api.v1alpha1.Defaults;
import dev.secureprediction.operator.api.v1alpha1.environment.GoogleSettings;
import dev.secureprediction.operator.cloud.CloudScope;
import java.util.Objects;

/**
 * What every endpoint of an environment relies on in Google Cloud.
 *
 * @param scope where, at the environment's default location or its first
 * @param invokerRole full name of the role that gateways' accounts get
 */
public record EnvironmentScope(CloudScope scope, String invokerRole) {

    /** Reads an environment's settings. */
    public static EnvironmentScope of(GoogleSettings google) {
        return new EnvironmentScope(
                new CloudScope(
                        google.project(),
                        Objects.requireNonNullElse(google.projectNumber(), ""),
                        google.defaultLocationOrOnly()
                                .orElseGet(() -> google.locations().getFirst()),
                        google.operatorServiceAccount(),
                        new GoogleAddresses(google).replaced()),
                Objects.requireNonNullElseGet(google.invokerRole(), () -> Defaults.invokerRole(google.project())));
    }
}
