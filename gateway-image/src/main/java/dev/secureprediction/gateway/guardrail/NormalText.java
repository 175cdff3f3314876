package dev.secureprediction.gateway.guardrail;

import java.text.Normalizer;
import java.util.List;

/**
 * A text as patterns are matched against it: in Unicode's compatibility form (NFKC), without characters that are not
 * seen, and once more with letters of other scripts that look Latin read as Latin.
 */
final class NormalText {
    private NormalText() {}

    /** The forms to match; the second only where it differs. */
    static List<String> forms(String text) {
        if (isPlain(text)) {
            return List.of(text);
        }
        String seen = normal(text);
        String latin = LookAlikes.read(seen);
        return latin.equals(seen) ? List.of(seen) : List.of(seen, latin);
    }

    /** How many code points the text has in these forms. */
    static int length(String text) {
        if (isPlain(text)) {
            return text.length();
        }
        String normal = normal(text);
        return normal.codePointCount(0, normal.length());
    }

    private static String normal(String text) {
        StringBuilder visible = new StringBuilder(text.length());
        text.codePoints().filter(point -> !isIgnorable(point)).forEach(visible::appendCodePoint);
        String normal = Normalizer.normalize(visible, Normalizer.Form.NFKC);
        StringBuilder again = new StringBuilder(normal.length());
        normal.codePoints().filter(point -> !isIgnorable(point)).forEach(again::appendCodePoint);
        return again.toString();
    }

    /** Printable ASCII and line ends stand for themselves. */
    static boolean isPlain(String text) {
        for (int i = 0; i < text.length(); i++) {
            char next = text.charAt(i);
            if (next > '~' || (next < ' ' && next != '\n' && next != '\t' && next != '\r')) {
                return false;
            }
        }
        return true;
    }

    /** Unicode's Default_Ignorable_Code_Point as far as it is assigned, and controls that are no white space. */
    static boolean isIgnorable(int point) {
        return switch (Character.getType(point)) {
            case Character.FORMAT -> true;
            case Character.CONTROL -> point != '\n' && point != '\t' && point != '\r';
            default ->
                point == 0x034F
                        || point == 0x115F
                        || point == 0x1160
                        || point == 0x17B4
                        || point == 0x17B5
                        || (point >= 0x180B && point <= 0x180F)
                        || point == 0x3164
                        || (point >= 0xFE00 && point <= 0xFE0F)
                        || point == 0xFFA0
                        || (point >= 0xE0000 && point <= 0xE0FFF);
        };
    }
}
