package dev.secureprediction.policy.codec;

import dev.secureprediction.policy.model.Revocations;
import java.util.List;

/** The file `revocations.json`. */
public final class RevocationsCodec {

    /** Longest document read, in bytes. */
    public static final int MAX_BYTES = 1 << 20;

    private static final int MAX_TEXT = 512;
    private static final StrictJson JSON = new StrictJson(MAX_BYTES);

    private RevocationsCodec() {}

    /**
     * The revocations of a document.
     *
     * @throws InvalidPolicyException for anything else
     */
    public static Revocations read(byte[] json) {
        Revocations revocations = JSON.bind(JSON.parse(json), Revocations.class);
        List<Revocations.Subject> subjects = revocations.subjects();
        for (int i = 0; i < subjects.size(); i++) {
            checkText("/subjects/" + i + "/issuer", subjects.get(i).issuer());
            checkText("/subjects/" + i + "/subject", subjects.get(i).subject());
        }
        List<Revocations.TokenId> tokenIds = revocations.tokenIds();
        for (int i = 0; i < tokenIds.size(); i++) {
            checkText("/tokenIds/" + i + "/issuer", tokenIds.get(i).issuer());
            checkText("/tokenIds/" + i + "/id", tokenIds.get(i).id());
        }
        return revocations;
    }

    private static void checkText(String pointer, String text) {
        if (text.isEmpty() || text.length() > MAX_TEXT) {
            throw new InvalidPolicyException(pointer, "must have 1 to " + MAX_TEXT + " characters; correct it");
        }
    }

    /** The revocations as canonical JSON (RFC 8785). */
    public static byte[] write(Revocations revocations) {
        return CanonicalJson.bytes(JSON.tree(revocations));
    }

    /** `sha256:` and the hexadecimal SHA-256 of {@link #write}. */
    public static String digest(Revocations revocations) {
        return "sha256:" + CanonicalJson.sha256Hex(write(revocations));
    }
}
