package dev.secureprediction.policy.model;

/**
 * Which claims of a token carry what the policy speaks of. In expressions they appear as `claims.subject`,
 * `claims.groups` (list), `claims.scopes` (list) and `claims.tenant`, whatever the issuer calls them.
 *
 * @param subject claim of the caller's stable id
 * @param groups claim with group names, a string or an array
 * @param scopes claim with scopes, an array or a space separated string (RFC 8693, section 4.2)
 * @param tenant claim with the caller's organisation
 */
public record ClaimNames(String subject, String groups, String scopes, String tenant) {}
