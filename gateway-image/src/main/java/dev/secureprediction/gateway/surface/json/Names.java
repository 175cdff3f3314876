package dev.secureprediction.gateway.surface.json;

/** Names of members as protocol buffers' JSON mapping has them. */
final class Names {
    private Names() {}

    /** `max_output_tokens` as `maxOutputTokens`; anything else as it is. */
    static String camelCase(String name) {
        if (name.indexOf('_') < 0) {
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
}
