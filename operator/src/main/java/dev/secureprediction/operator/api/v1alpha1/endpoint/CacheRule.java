package dev.secureprediction.operator.api.v1alpha1.endpoint;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.secureprediction.operator.api.v1alpha1.ApiObject;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Required;
import org.jspecify.annotations.Nullable;

/**
 * Answers of publisher models kept for equal requests: whole ones, where the request says temperature 0, without tools or
 * files; none that stream.
 */
@ApiObject
public record CacheRule(
        @JsonPropertyDescription(
                "How long, in seconds. Only whole answers of publisher models are kept, and only to requests that say temperature 0: without one the model's default holds, which is not 0. Streams, tools, files and `Cache-Control: no-store` or `no-cache` are never kept.")
        @Required
        @Min(1)
        @Max(86400)
        Integer ttlSeconds,

        @JsonPropertyDescription("Who shares them; beyond Subject only where the environment allows. Default: Subject.")
        @Nullable
        LimitScope scope) {}
