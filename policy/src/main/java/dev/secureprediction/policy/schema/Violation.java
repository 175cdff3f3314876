package dev.secureprediction.policy.schema;

/**
 * What is wrong with a request body. Neither part holds anything of the body but names that the schema knows.
 *
 * @param pointer JSON Pointer (RFC 6901) to the field; names that the schema does not know are `*`
 * @param message what is expected there
 */
public record Violation(String pointer, String message) {}
