package dev.secureprediction.operator.api.v1alpha1.environment;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.secureprediction.operator.api.v1alpha1.ApiObject;
import dev.secureprediction.operator.api.v1alpha1.Defaults;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.ValidationRule;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What a contract needs before it is admitted. */
@ApiObject
@ValidationRule(
        value =
                "(has(self.minimumSoakSeconds) ? self.minimumSoakSeconds : 1800) <= (has(self.maxLagSeconds) ? self.maxLagSeconds : 1209600)",
        message =
                "spec.promotion: minimumSoakSeconds (default 1800) is above maxLagSeconds (default 1209600), so that every promotion would come too late; lower it or raise maxLagSeconds")
public record Promotion(
        @JsonPropertyDescription(
                "None admits at once; Verified waits for a verification in the environment before. Default: None.")
        @Nullable
        PromotionGate gate,

        @JsonPropertyDescription("Shortest soak that a verification must show, in seconds. Default: 1800.")
        @Nullable
        @Min(0)
        @Max(2592000)
        Integer minimumSoakSeconds,

        @JsonPropertyDescription(
                "How long an endpoint may be behind the environment before, in seconds, until status says LagExceeded. Default: 1209600.")
        @Nullable
        @Min(60)
        @Max(31536000)
        Integer maxLagSeconds) {

    /** All defaults. */
    public static final Promotion DEFAULT = new Promotion(null, null, null);

    /** The settings; all defaults where absent. */
    public static Promotion orDefault(@Nullable Promotion promotion) {
        return promotion == null ? DEFAULT : promotion;
    }

    /** Whether contracts wait for a verification. */
    public boolean waitsForVerification() {
        return gate == PromotionGate.Verified;
    }

    /** Shortest soak that a verification must show. */
    public Duration minimumSoak() {
        return Duration.ofSeconds(minimumSoakSeconds == null ? Defaults.SOAK_SECONDS : minimumSoakSeconds);
    }

    /** How long an endpoint may be behind. */
    public Duration maxLag() {
        return Duration.ofSeconds(maxLagSeconds == null ? Defaults.MAX_LAG_SECONDS : maxLagSeconds);
    }
}
