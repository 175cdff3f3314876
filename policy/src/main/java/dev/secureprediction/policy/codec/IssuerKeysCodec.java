package dev.secureprediction.policy.codec;

import com.fasterxml.jackson.databind.JsonNode;
import dev.secureprediction.policy.model.IssuerKeys;
import java.util.List;
import java.util.Map;

/** The file `issuer-keys.json`: public keys only. */
public final class IssuerKeysCodec {

    /** Longest document read, in bytes. */
    public static final int MAX_BYTES = 1 << 20;

    private static final int MAX_KEYS = 64;
    /** What only private or symmetric keys have (RFC 7518, section 6). */
    private static final List<String> SECRET_MEMBERS = List.of("d", "p", "q", "dp", "dq", "qi", "oth", "k");

    private static final StrictJson JSON = new StrictJson(MAX_BYTES);

    private IssuerKeysCodec() {}

    /**
     * The key sets of a document.
     *
     * @throws InvalidPolicyException for anything else, a private or symmetric key among them
     */
    public static IssuerKeys read(byte[] json) {
        IssuerKeys keys = JSON.bind(JSON.parse(json), IssuerKeys.class);
        check(keys);
        return keys;
    }

    private static void check(IssuerKeys keys) {
        for (Map.Entry<String, JsonNode> entry : keys.issuers().entrySet()) {
            String pointer = Pointers.child("/issuers", entry.getKey()) + "/keys";
            JsonNode set = entry.getValue().path("keys");
            if (!set.isArray() || set.size() > MAX_KEYS) {
                throw new InvalidPolicyException(
                        pointer, "must be an array of at most " + MAX_KEYS + " keys (RFC 7517, section 5)");
            }
            for (int i = 0; i < set.size(); i++) {
                checkPublic(pointer + "/" + i, set.get(i));
            }
        }
    }

    private static void checkPublic(String pointer, JsonNode key) {
        if (!key.path("kty").isTextual()) {
            throw new InvalidPolicyException(pointer, "is not a JSON Web Key, it has no `kty` (RFC 7517); correct it");
        }
        for (String member : SECRET_MEMBERS) {
            if (key.has(member)) {
                throw new InvalidPolicyException(
                        pointer, "holds the secret member `" + member + "`; replace this key, it is no longer secret");
            }
        }
    }

    /**
     * The key sets as canonical JSON (RFC 8785).
     *
     * @throws InvalidPolicyException where a set holds a private or symmetric key
     */
    public static byte[] write(IssuerKeys keys) {
        check(keys);
        return CanonicalJson.bytes(JSON.tree(keys));
    }

    /** `sha256:` and the hexadecimal SHA-256 of {@link #write}. */
    public static String digest(IssuerKeys keys) {
        return "sha256:" + CanonicalJson.sha256Hex(write(keys));
    }
}
