package dev.secureprediction.gateway.surface.json;

/** Names of members as protocol buffers' JSON mapping has them. */
final class Names {
    private Names() {}

    /**
     * `max_output_tokens` as `maxOutputTokens`; anything else as it is. A mixture such as `max_outputTokens` is neither of the
     * two spellings, so that Google's side takes it for an unknown member; so must we.
     */
    static String camelCase(String name) {
        if (name.indexOf('_') < 0 || !isSnakeCase(name)) {
            return name;
        }
        StringBuilder camel = new StringBuilder(name.length());
        boolean upper = false;
        for (int i = 0; i < name.length(); i++) {
            char letter = name.charAt(i);
            if (letter == '_') {
                upper = true;
            } else {
                camel.append(upper ? Character.toUpperCase(letter) : letter);
                upper = false;
            }
        }
        return camel.toString();
    }

    /** Words of small letters and digits, one underscore between each two. */
    private static boolean isSnakeCase(String name) {
        char before = '_';
        for (int i = 0; i < name.length(); i++) {
            char letter = name.charAt(i);
            boolean sound = letter == '_'
                    ? before != '_'
                    : (letter >= 'a' && letter <= 'z') || (letter >= '0' && letter <= '9');
            if (!sound) {
                return false;
            }
            before = letter;
        }
        return before != '_';
    }
}
