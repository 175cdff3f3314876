package dev.secureprediction.policy.codec;

import com.fasterxml.jackson.databind.JsonNode;
import dev.secureprediction.policy.model.PolicyBundle;

/** The file `policy.json`: what the operator writes and the gateway reads. */
public final class PolicyCodec {

    /** Longest document read, in bytes: what a ConfigMap can hold. */
    public static final int MAX_BYTES = 1 << 20;

    private static final StrictJson JSON = new StrictJson(MAX_BYTES);

    private PolicyCodec() {}

    /**
     * The bundle of a document, checked by {@link BundleRules}.
     *
     * @throws InvalidPolicyException for anything that is not exactly a bundle of a known format
     */
    public static PolicyBundle read(byte[] json) {
        JsonNode tree = JSON.parse(json);
        checkFormat(tree.path("formatVersion"));
        PolicyBundle bundle = JSON.bind(tree, PolicyBundle.class);
        BundleRules.check(bundle);
        return bundle;
    }

    // before all else, since a newer format may well have other fields
    private static void checkFormat(JsonNode version) {
        if (!version.isInt() || version.intValue() != PolicyBundle.FORMAT_VERSION) {
            throw new InvalidPolicyException(
                    "/formatVersion",
                    "must be " + PolicyBundle.FORMAT_VERSION
                            + ", the only format this version reads; use an operator and a gateway of the same release");
        }
    }

    /**
     * The bundle as canonical JSON (RFC 8785): equal bundles give equal bytes.
     *
     * @throws InvalidPolicyException where the request schema holds a number that a double cannot
     */
    public static byte[] write(PolicyBundle bundle) {
        return CanonicalJson.bytes(JSON.tree(bundle));
    }

    /** `sha256:` and the hexadecimal SHA-256 of {@link #write}. */
    public static String digest(PolicyBundle bundle) {
        return "sha256:" + CanonicalJson.sha256Hex(write(bundle));
    }
}
