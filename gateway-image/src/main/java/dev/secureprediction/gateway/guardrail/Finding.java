package dev.secureprediction.gateway.guardrail;

/**
 * Something found in a text.
 *
 * @param from index of its first char
 * @param to index behind its last char
 * @param label what takes its place where it is masked
 */
record Finding(int from, int to, String label) {}
