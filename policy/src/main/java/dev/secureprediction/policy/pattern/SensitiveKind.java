package dev.secureprediction.policy.pattern;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Kinds of sensitive data that a gateway can find by itself, named as Google's infoTypes. */
public enum SensitiveKind {
    /** RFC 5322 addresses in their usual form. */
    EMAIL_ADDRESS,
    /** E.164 with its plus sign, or national numbers written in groups. */
    PHONE_NUMBER,
    /** ISO/IEC 7812, with its check digit (Luhn). */
    CREDIT_CARD_NUMBER,
    /** ISO 13616, with its check digits (mod 97). */
    IBAN_CODE,
    /** IPv4 and IPv6. */
    IP_ADDRESS,
    /** IEEE 802. */
    MAC_ADDRESS,
    US_SOCIAL_SECURITY_NUMBER,
    /** Keys of Google's APIs, beginning with `AIza`. */
    GCP_API_KEY,
    /** Access key ids of AWS, and secret keys that are named as such. */
    AWS_CREDENTIALS;

    /** The kind named exactly so. */
    public static Optional<SensitiveKind> of(String name) {
        return Arrays.stream(values()).filter(kind -> kind.name().equals(name)).findFirst();
    }

    /** All names, for messages. */
    public static List<String> names() {
        return Arrays.stream(values()).map(Enum::name).toList();
    }
}
