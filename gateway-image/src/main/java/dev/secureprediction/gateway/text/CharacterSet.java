package dev.secureprediction.gateway.text;

/** Characters of US-ASCII. Looks one up in a table: on every call, regular expressions took longer than the rest. */
public final class CharacterSet {
    public static final CharacterSet DIGITS = of("09");
    public static final CharacterSet LOWER = of("az").and(DIGITS);
    public static final CharacterSet ALPHANUMERIC = of("azAZ").and(DIGITS);

    private final boolean[] table;

    private CharacterSet(boolean[] table) {
        this.table = table;
    }

    /**
     * All characters of ranges.
     *
     * @param ranges first and last of each, next to each other: `azAZ`
     */
    public static CharacterSet of(String ranges) {
        boolean[] table = new boolean[128];
        for (int i = 0; i < ranges.length(); i += 2) {
            for (char next = ranges.charAt(i); next <= ranges.charAt(i + 1); next++) {
                table[next] = true;
            }
        }
        return new CharacterSet(table);
    }

    /** These and the characters of a text. */
    public CharacterSet and(String others) {
        boolean[] both = table.clone();
        others.chars().forEach(other -> both[other] = true);
        return new CharacterSet(both);
    }

    /** These and those. */
    public CharacterSet and(CharacterSet others) {
        boolean[] both = table.clone();
        for (int i = 0; i < both.length; i++) {
            both[i] |= others.table[i];
        }
        return new CharacterSet(both);
    }

    public boolean contains(char character) {
        return character < table.length && table[character];
    }

    /** Where the first character stands that is not of these; the text's length if all are. */
    public int end(String text, int from) {
        int at = from;
        while (at < text.length() && contains(text.charAt(at))) {
            at++;
        }
        return at;
    }

    /**
     * Whether a text is of these and nothing else.
     *
     * @param min shortest that is taken, in characters
     * @param max longest
     */
    public boolean make(String text, int min, int max) {
        return text.length() >= min && text.length() <= max && end(text, 0) == text.length();
    }
}
