package dev.secureprediction.gateway.guardrail;

import com.google.re2j.Pattern;
import dev.secureprediction.policy.pattern.LongestMatch;
import dev.secureprediction.policy.pattern.SensitiveKind;
import java.util.function.Predicate;

/**
 * Finds one kind of sensitive data.
 *
 * @param kind what it finds
 * @param pattern candidates; its matches have at most 256 code points
 * @param valid what a candidate must be beyond its look
 * @param digitsMayTouch whether digits may stand right before or behind it
 */
record Detector(SensitiveKind kind, Pattern pattern, Predicate<String> valid, boolean digitsMayTouch) {
    private static final String OCTET = "(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])";
    private static final String GROUP = "[0-9A-Fa-f]{1,4}";

    static Detector of(SensitiveKind kind) {
        return switch (kind) {
            case EMAIL_ADDRESS ->
                of(
                        kind,
                        "[\\pL\\pN._%+'-]{1,64}@(?:[\\pL\\pN](?:[\\pL\\pN-]{0,40})\\.){1,4}[\\pL]{2,20}",
                        text -> true,
                        true);
            case PHONE_NUMBER ->
                of(
                        kind,
                        "(?:\\+|\\b00)[1-9][0-9]{0,2}(?:[ ./()-]{0,2}[0-9]{1,5}){2,7}"
                                + "|\\(?\\b[0-9]{3}\\)?[ .-][0-9]{3}[ .-][0-9]{4}\\b"
                                + "|\\b0[0-9]{1,4}[ /-][0-9]{3,8}(?:[ -][0-9]{2,5}){0,3}\\b",
                        Checksums::hasDigitsOfAPhone,
                        false);
            case CREDIT_CARD_NUMBER -> of(kind, "[1-9](?:[ -]?[0-9]){11,18}", Checksums::luhn, false);
            case IBAN_CODE -> of(kind, "(?i)\\b[A-Z]{2}[0-9]{2}(?:[ -]?[A-Z0-9]){11,30}\\b", Checksums::iban, true);
            case IP_ADDRESS ->
                of(
                        kind,
                        "\\b" + OCTET + "(?:\\." + OCTET + "){3}\\b|(?:\\b" + GROUP + ":){7}" + GROUP + "\\b|(?:\\b"
                                + GROUP + ":){1,6}(?::" + GROUP + "){1,6}\\b",
                        Checksums::isAddress,
                        false);
            case MAC_ADDRESS ->
                of(kind, "\\b[0-9A-Fa-f]{2}(?:(?::[0-9A-Fa-f]{2}){5}|(?:-[0-9A-Fa-f]{2}){5})\\b", text -> true, true);
            case US_SOCIAL_SECURITY_NUMBER ->
                of(kind, "[0-9]{3}[- ][0-9]{2}[- ][0-9]{4}", Checksums::isSocialSecurity, false);
            case GCP_API_KEY -> of(kind, "AIza[0-9A-Za-z_-]{35}", text -> true, true);
            case AWS_CREDENTIALS ->
                of(
                        kind,
                        "\\b(?:AKIA|ASIA|AROA|AIDA|ABIA|ACCA)[0-9A-Z]{16}\\b"
                                + "|(?i)aws.{0,20}secret.{0,20}[^0-9A-Z/+][0-9A-Z/+]{40}",
                        text -> true,
                        true);
        };
    }

    private static Detector of(SensitiveKind kind, String pattern, Predicate<String> valid, boolean digitsMayTouch) {
        return new Detector(kind, Pattern.compile(pattern), valid, digitsMayTouch);
    }

    /** Longest match, in code points. */
    int longest() {
        return LongestMatch.of(pattern.pattern()).orElse(Integer.MAX_VALUE);
    }

    /**
     * Where what is meant ends, in a match that may have taken in a word or number behind it; -1: nothing is meant. It
     * stands by itself and has the right check digits.
     */
    int meantEnd(String text, int from, int to) {
        int end = to;
        while (end > from) {
            if (isMeant(text, from, end)) {
                return end;
            }
            if (kind != SensitiveKind.CREDIT_CARD_NUMBER && kind != SensitiveKind.IBAN_CODE) {
                return -1;
            }
            end = Math.max(text.lastIndexOf(' ', end - 1), text.lastIndexOf('-', end - 1));
        }
        return -1;
    }

    private boolean isMeant(String text, int from, int to) {
        boolean apart = digitsMayTouch || (!isDigit(text, from - 1) && !isDigit(text, to));
        return apart && valid.test(text.substring(from, to));
    }

    private static boolean isDigit(String text, int index) {
        return index >= 0 && index < text.length() && Character.isDigit(text.charAt(index));
    }
}
