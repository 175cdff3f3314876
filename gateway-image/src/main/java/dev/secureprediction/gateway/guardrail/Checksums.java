package dev.secureprediction.gateway.guardrail;

import java.util.Locale;

/** What tells a number of some kind from any other number that looks like it. */
final class Checksums {
    private Checksums() {}

    /** ISO/IEC 7812-1, annex B. */
    static boolean luhn(String text) {
        int sum = 0;
        int count = 0;
        for (int i = text.length() - 1; i >= 0; i--) {
            int digit = Character.digit(text.charAt(i), 10);
            if (digit < 0) {
                continue;
            }
            int weighted = count % 2 == 0 ? digit : digit * 2;
            sum += weighted > 9 ? weighted - 9 : weighted;
            count++;
        }
        return count >= 12 && count <= 19 && sum % 10 == 0;
    }

    /** ISO 13616, with the check of ISO/IEC 7064 (mod 97-10). */
    static boolean iban(String text) {
        String plain = text.replaceAll("[ -]", "").toUpperCase(Locale.ROOT);
        if (plain.length() < 15 || plain.length() > 34) {
            return false;
        }
        String turned = plain.substring(4) + plain.substring(0, 4);
        int rest = 0;
        for (int i = 0; i < turned.length(); i++) {
            int value = Character.digit(turned.charAt(i), 36);
            rest = (rest * (value > 9 ? 100 : 10) + value) % 97;
        }
        return rest == 1;
    }

    /** E.164: 7 to 15 digits. */
    static boolean hasDigitsOfAPhone(String text) {
        long digits = text.chars().filter(Character::isDigit).count();
        return digits >= 7 && digits <= 15;
    }

    /** Numbers that are never given out are no numbers of people. */
    static boolean isSocialSecurity(String text) {
        String area = text.substring(0, 3);
        return !area.equals("000")
                && !area.equals("666")
                && area.charAt(0) != '9'
                && !text.startsWith("00", 4)
                && !text.endsWith("0000");
    }

    /** An IPv6 address has at most eight groups, seven where some are left out; times of day have no double colon. */
    static boolean isAddress(String text) {
        int groups = 0;
        for (String group : text.split(":", -1)) {
            groups += group.isEmpty() ? 0 : 1;
        }
        return text.indexOf('.') > 0 || groups == 8 || (text.contains("::") && groups <= 7);
    }
}
