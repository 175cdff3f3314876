package dev.secureprediction.operator.api.v1alpha1.endpoint;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.secureprediction.operator.api.v1alpha1.ApiObject;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

/** How much a role may use. */
@ApiObject
@ValidationRule(
        value =
                "!has(self.maxOutputTokens) || !has(self.tokensPerMinute) || self.maxOutputTokens <= self.tokensPerMinute",
        message =
                "spec.contract.access.roles: limits.maxOutputTokens is above limits.tokensPerMinute, so that no such answer could be paid for; lower it or raise tokensPerMinute")
public record Limits(
        @JsonPropertyDescription("Whose use is counted together. Default: Subject.") @Nullable
        LimitScope per,

        @JsonPropertyDescription(
                "Requests in a minute, as a bucket that refills evenly; absent: unlimited. Without a shared store each replica takes its part.")
        @Nullable
        @Min(1)
        @Max(1000000)
        Integer requestsPerMinute,

        @JsonPropertyDescription(
                "Tokens in a minute, in and out; absent: unlimited. Taken before a call: a third of the body's bytes, 1500 for each file, and the output cap of each candidate; settled on what was used.")
        @Nullable
        @Min(1)
        @Max(1000000000)
        Integer tokensPerMinute,

        @JsonPropertyDescription(
                "Largest answer, in tokens; set where a request has none, a larger one is refused; absent: unlimited.")
        @Nullable
        @Min(1)
        @Max(1000000)
        Integer maxOutputTokens,

        @JsonPropertyDescription("Requests at the same time; absent: unlimited.") @Nullable @Min(1) @Max(10000)
        Integer maxConcurrent) {}
