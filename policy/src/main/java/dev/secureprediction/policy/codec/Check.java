package dev.secureprediction.policy.codec;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;

/** Rules that several fields share; each throws {@link InvalidPolicyException} with the field's pointer. */
final class Check {

    private Check() {}

    static void that(boolean holds, String pointer, String problem) {
        if (!holds) {
            throw new InvalidPolicyException(pointer, problem);
        }
    }

    static void matches(String pointer, String value, int maxLength, Pattern pattern, String meaning) {
        // length first: patterns here are linear, but need not read a megabyte
        that(value.length() <= maxLength && pattern.matcher(value).matches(), pointer, "must be " + meaning);
    }

    static void text(String pointer, String value, int maxLength) {
        that(
                !value.isBlank() && value.length() <= maxLength,
                pointer,
                "must have 1 to " + maxLength + " characters, not only blanks; correct it");
    }

    static void range(String pointer, long value, long least, long most) {
        that(value >= least && value <= most, pointer, "must be from " + least + " to " + most + "; correct it");
    }

    static void size(String pointer, Collection<?> values, int least, int most) {
        that(
                values.size() >= least && values.size() <= most,
                pointer,
                "must have " + least + " to " + most + " entries; add or remove some");
    }

    static <T> void unique(String pointer, List<T> values, Function<T, ?> key, String suffix) {
        Set<Object> seen = new HashSet<>();
        for (int i = 0; i < values.size(); i++) {
            that(
                    seen.add(key.apply(values.get(i))),
                    pointer + "/" + i + suffix,
                    "stands twice in the list; remove or rename one");
        }
    }
}
