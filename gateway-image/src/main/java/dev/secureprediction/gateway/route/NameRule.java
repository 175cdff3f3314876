package dev.secureprediction.gateway.route;

import dev.secureprediction.gateway.text.CharacterSet;

/**
 * What the name of a resource looks like.
 *
 * @param first its first character
 * @param rest each further one
 * @param joints characters that also stand within it, each followed by one that may be first
 * @param max longest that is taken, in characters
 */
record NameRule(CharacterSet first, CharacterSet rest, CharacterSet joints, int max) {
    private static final CharacterSet NONE = CharacterSet.of("");

    static NameRule of(CharacterSet first, CharacterSet rest, int max) {
        return new NameRule(first, rest, NONE, max);
    }

    boolean fits(String name) {
        int length = name.length();
        if (length == 0 || length > max || !first.contains(name.charAt(0))) {
            return false;
        }
        for (int at = rest.end(name, 1); at < length; at = rest.end(name, at + 1)) {
            boolean joined = joints.contains(name.charAt(at)) && at + 1 < length && first.contains(name.charAt(at + 1));
            if (!joined) {
                return false;
            }
        }
        return true;
    }
}
