package dev.secureprediction.policy.codec;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import org.erdtman.jcs.JsonCanonicalizer;

/**
 * Canonical JSON (RFC 8785), so that one meaning has one digest.
 *
 * <p>RFC 8785 knows numbers as IEEE 754 doubles only. A number that is not exactly what the shortest decimal form of a
 * double says (9007199254740993, 1e400, 0.10000000000000000001) would change silently, and two documents that mean
 * different things would share a digest; so would strings with a lone surrogate, which UTF-8 cannot hold. Both are
 * refused.
 */
public final class CanonicalJson {

    /** Deepest accepted nesting. */
    public static final int MAX_DEPTH = 256;

    private CanonicalJson() {}

    /**
     * The canonical form in UTF-8.
     *
     * @throws InvalidPolicyException where the document has no canonical form; its pointer says where
     */
    public static byte[] bytes(JsonNode node) {
        check(node, "", 0);
        try {
            // arrays and objects only, says the parser below; a scalar is canonical once its wrapping is gone
            byte[] wrapped = new JsonCanonicalizer("[" + node + "]").getEncodedUTF8();
            return Arrays.copyOfRange(wrapped, 1, wrapped.length - 1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * SHA-256 of the canonical form, 64 lower-case hexadecimal digits.
     *
     * @throws InvalidPolicyException where the document has no canonical form; its pointer says where
     */
    public static String sha256Hex(JsonNode node) {
        return sha256Hex(bytes(node));
    }

    static String sha256Hex(byte[] canonical) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(canonical));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java runtime has no SHA-256", e);
        }
    }

    private static void check(JsonNode node, String pointer, int depth) {
        if (depth > MAX_DEPTH) {
            throw new InvalidPolicyException(pointer, "is nested deeper than " + MAX_DEPTH + " levels; flatten it");
        }
        switch (node.getNodeType()) {
            case NUMBER -> checkNumber(node, pointer);
            case STRING -> checkText(node.textValue(), pointer);
            case ARRAY -> {
                for (int i = 0; i < node.size(); i++) {
                    check(node.get(i), pointer + "/" + i, depth + 1);
                }
            }
            case OBJECT -> {
                for (Map.Entry<String, JsonNode> member : node.properties()) {
                    checkText(member.getKey(), pointer);
                    check(member.getValue(), Pointers.child(pointer, member.getKey()), depth + 1);
                }
            }
            case BOOLEAN, NULL -> {}
            case BINARY, MISSING, POJO -> throw new InvalidPolicyException(pointer, "is not a JSON value");
        }
    }

    private static void checkNumber(JsonNode node, String pointer) {
        double value = node.doubleValue();
        if (!Double.isFinite(value) || !isExact(node, value)) {
            throw new InvalidPolicyException(
                    pointer,
                    "is a number that a double cannot hold exactly (RFC 8785, section 3.2.2.3); use fewer digits, or a string");
        }
    }

    private static boolean isExact(JsonNode node, double value) {
        if (node.isInt() || node.isShort() || node.isDouble()) {
            return true;
        }
        return node.decimalValue().compareTo(new BigDecimal(Double.toString(value))) == 0;
    }

    private static void checkText(String text, String pointer) {
        // pairs arrive joined, so what is left of surrogates here stands alone
        if (text.codePoints().anyMatch(c -> Character.getType(c) == Character.SURROGATE)) {
            throw new InvalidPolicyException(pointer, "holds a lone surrogate, which is no character; remove it");
        }
    }
}
