package dev.secureprediction.policy.model;

/**
 * Repeated calls to the model, never after an answer's first byte.
 *
 * @param budgetPercent most repetitions, in percent of calls; 0 to 100
 */
public record Retries(int budgetPercent) {}
