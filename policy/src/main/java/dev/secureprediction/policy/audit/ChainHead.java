package dev.secureprediction.policy.audit;

/**
 * The last record that a gateway has written since it started; seen from outside, it is what its log must not fall behind.
 *
 * @param pod whose log
 * @param key id of the key made at its start ({@link ChainKeys#id})
 * @param publicKey that key, X.509 SubjectPublicKeyInfo in base64url without padding
 * @param sequence number of the record, from 0
 * @param hash of the record, 64 lower-case hexadecimal digits
 */
public record ChainHead(String pod, String key, String publicKey, long sequence, String hash) {}
