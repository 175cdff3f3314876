package dev.secureprediction.operator.plan;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * Names of what the operator makes for an endpoint. Each ends with a hash of `installation/namespace/name`, so that
 * equal names of two namespaces or clusters do not meet.
 */
public final class Names {

    /** Leaves room in 63 characters for the two suffixes of a Deployment's pods, 11 and 6 long. */
    private static final int GATEWAY_LENGTH = 46;

    /** Google: 6 to 30 characters. */
    private static final int ACCOUNT_LENGTH = 30;

    /** Google: at most 63 characters. */
    private static final int ENDPOINT_LENGTH = 63;

    private static final int HASH_LENGTH = 8;

    private final String plainName;
    private final String hash;

    private Names(String plainName, String hash) {
        this.plainName = plainName;
        this.hash = hash;
    }

    /** The names for one endpoint of one installation. */
    public static Names of(String installationId, EndpointKey key) {
        String mark = installationId + "/" + key.namespace() + "/" + key.name();
        return new Names(key.name().replace('.', '-'), sha256(mark).substring(0, HASH_LENGTH));
    }

    /** Of every Kubernetes object of the gateway: a DNS label (RFC 1035), at most 46 characters. */
    public String gateway() {
        boolean letterFirst = Character.isLetter(plainName.charAt(0));
        return join(letterFirst ? "" : "e-", GATEWAY_LENGTH);
    }

    /** Of the Google service account: 6 to 30 characters, `[a-z]([-a-z0-9]*[a-z0-9])`. */
    public String accountId() {
        return join("spe-", ACCOUNT_LENGTH);
    }

    /** Of the Vertex AI endpoint: letter first, at most 63 of `[a-z0-9-]`. */
    public String endpointId() {
        return join("spe-", ENDPOINT_LENGTH);
    }

    private String join(String prefix, int length) {
        int room = length - prefix.length() - 1 - HASH_LENGTH;
        String cut = plainName.substring(0, Math.min(room, plainName.length()));
        return prefix + trimDashes(cut) + "-" + hash;
    }

    private static String trimDashes(String name) {
        int end = name.length();
        while (end > 0 && name.charAt(end - 1) == '-') {
            end--;
        }
        return name.substring(0, end);
    }

    private static String sha256(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
