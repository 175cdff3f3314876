package dev.secureprediction.gateway.usage;

import java.util.OptionalLong;

/**
 * What an answer says about tokens (`usageMetadata`).
 *
 * @param prompt `promptTokenCount`, cached ones included
 * @param candidates `candidatesTokenCount`, without thoughts
 * @param total `totalTokenCount`, the one to bill on
 */
public record TokensUsed(OptionalLong prompt, OptionalLong candidates, OptionalLong total) {}
