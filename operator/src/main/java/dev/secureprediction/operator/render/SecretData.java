package dev.secureprediction.operator.render;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.fabric8.kubernetes.api.model.Secret;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;

/** The values of a Secret, between text and base64. */
public final class SecretData {

    private SecretData() {}

    /** The decoded values; empty for a Secret without any. */
    public static Map<String, String> decoded(Secret secret) {
        var decoded = new TreeMap<String, String>();
        if (secret.getData() != null) {
            secret.getData()
                    .forEach((key, value) ->
                            decoded.put(key, new String(Base64.getDecoder().decode(value), UTF_8)));
        }
        return decoded;
    }

    static Map<String, String> encoded(Map<String, String> texts) {
        var encoded = new TreeMap<String, String>();
        texts.forEach((key, text) -> encoded.put(key, Base64.getEncoder().encodeToString(text.getBytes(UTF_8))));
        return encoded;
    }
}
