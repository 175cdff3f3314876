package dev.secureprediction.operator.cloud;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * How ownership is written on cloud resources: 32 hex digits of the mark's SHA-256 decide, as a mark may be longer than
 * a label (63) or a description (256) can be; readable parts stand beside them.
 *
 * @param id 32 hex digits
 */
public record Ownership(String id) {

    /** Label that decides. */
    public static final String OWNER_LABEL = "secure-prediction-owner";

    /** Label of an endpoint that somebody else made and we took over: it is never deleted. */
    public static final String ADOPTED_LABEL = "secure-prediction-adopted";

    private static final String INSTALLATION_LABEL = "secure-prediction-installation";
    private static final String NAMESPACE_LABEL = "secure-prediction-namespace";
    private static final String NAME_LABEL = "secure-prediction-name";
    private static final String PREFIX = OWNER_LABEL + "=";
    private static final int ID_LENGTH = 32;
    private static final int MAX_LABEL = 63;
    private static final int MAX_READABLE = 190;

    /** The ownership that resources of an endpoint carry. */
    public static Ownership of(Owner owner) {
        try {
            byte[] hash =
                    MessageDigest.getInstance("SHA-256").digest(owner.mark().getBytes(StandardCharsets.UTF_8));
            return new Ownership(HexFormat.of().formatHex(hash).substring(0, ID_LENGTH));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java runtime has SHA-256", e);
        }
    }

    /** What a description says, if it begins as ours do. */
    public static Optional<Ownership> fromDescription(String description) {
        int end = PREFIX.length() + ID_LENGTH;
        return description.startsWith(PREFIX) && description.length() >= end
                ? Optional.of(new Ownership(description.substring(PREFIX.length(), end)))
                : Optional.empty();
    }

    /** What labels say. */
    public static Optional<Ownership> fromLabels(Map<String, String> labels) {
        return Optional.ofNullable(labels.get(OWNER_LABEL)).map(Ownership::new);
    }

    /** Description of a service account: at most 256 bytes, the part that decides first. */
    public static String description(Owner owner) {
        String mark = owner.mark();
        return PREFIX + of(owner).id() + " " + mark.substring(0, Math.min(mark.length(), MAX_READABLE));
    }

    /** Labels of an endpoint: lower case letters, digits, hyphens and underscores, at most 63. */
    public static Map<String, String> labels(Owner owner) {
        return Map.of(
                OWNER_LABEL, of(owner).id(),
                INSTALLATION_LABEL, labelValue(owner.installationId()),
                NAMESPACE_LABEL, labelValue(owner.namespace()),
                NAME_LABEL, labelValue(owner.name()));
    }

    private static String labelValue(String text) {
        String cleaned = text.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9_-]", "_");
        return cleaned.substring(0, Math.min(cleaned.length(), MAX_LABEL));
    }
}
