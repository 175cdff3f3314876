package dev.secureprediction.operator.plan;

import dev.secureprediction.operator.plan.EffectiveValue.Origin;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Decides values and remembers where each came from. */
final class EffectiveValues {

    private final List<EffectiveValue> values = new ArrayList<>();

    /** The endpoint's value, else the environment's, else the default. */
    <T> T choose(String field, @Nullable T asked, Optional<T> environment, T fallback) {
        if (asked != null) {
            return note(field, asked, Origin.Endpoint);
        }
        return environment
                .map(value -> note(field, value, Origin.Environment))
                .orElseGet(() -> note(field, fallback, Origin.Default));
    }

    /** The endpoint's value or the default, but never below the environment's floor. */
    int atLeast(String field, @Nullable Integer asked, @Nullable Integer floor, int fallback) {
        int wanted = asked == null ? fallback : asked;
        if (floor != null && wanted < floor) {
            return note(field, floor, asked == null ? Origin.Environment : Origin.Floor);
        }
        return note(field, wanted, asked == null ? Origin.Default : Origin.Endpoint);
    }

    /** Takes down a value that is decided already. */
    <T> T note(String field, T value, Origin origin) {
        values.add(new EffectiveValue(field, String.valueOf(value), origin));
        return value;
    }

    /** All of them, sorted by field. */
    List<EffectiveValue> sorted() {
        return values.stream()
                .sorted(Comparator.comparing(EffectiveValue::field))
                .toList();
    }
}
