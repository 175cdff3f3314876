package dev.secureprediction.operator.cloud;

/**
 * The Google service account of one endpoint's gateway.
 *
 * @param accountId 6 to 30 characters, `[a-z]([-a-z0-9]*[a-z0-9])`
 * @param email `accountId@project.iam.gserviceaccount.com`
 * @param displayName shown to people, at most 100 characters
 */
public record DesiredServiceAccount(String accountId, String email, String displayName) {}
