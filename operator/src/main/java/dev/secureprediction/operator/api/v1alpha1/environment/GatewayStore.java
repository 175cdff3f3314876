package dev.secureprediction.operator.api.v1alpha1.environment;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.secureprediction.operator.api.v1alpha1.ApiObject;
import org.jspecify.annotations.Nullable;

/** Where replicas of a gateway share limits and cached answers. */
@ApiObject
public record GatewayStore(
        @JsonPropertyDescription("A Redis server.") @Nullable
        RedisStore redis) {}
