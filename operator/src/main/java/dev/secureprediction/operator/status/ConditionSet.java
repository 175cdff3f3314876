package dev.secureprediction.operator.status;

import dev.secureprediction.operator.api.v1alpha1.ConditionType;
import dev.secureprediction.operator.api.v1alpha1.Reason;
import dev.secureprediction.operator.api.v1alpha1.status.Condition;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Conditions under construction: ordered as {@link ConditionType} is, transition times kept where nothing turned. */
final class ConditionSet {

    private static final int MAX_MESSAGE = 1024;

    private final Map<ConditionType, Condition> previous;
    private final Map<ConditionType, Condition> current = new EnumMap<>(ConditionType.class);
    private final long generation;
    private final Clock clock;

    ConditionSet(List<Condition> previous, long generation, Clock clock) {
        this.previous = new EnumMap<>(ConditionType.class);
        for (ConditionType type : ConditionType.values()) {
            previous.stream()
                    .filter(condition -> condition.type().equals(type.name()))
                    .findFirst()
                    .ifPresent(condition -> this.previous.put(type, condition));
        }
        this.generation = generation;
        this.clock = clock;
    }

    /** Sets a condition of the current generation. */
    void set(ConditionType type, Truth status, Reason reason, String message) {
        String moved = Optional.ofNullable(previous.get(type))
                .filter(before -> before.status().equals(status.name()))
                .map(Condition::lastTransitionTime)
                .orElseGet(this::now);
        current.put(
                type, new Condition(type.name(), status.name(), generation, moved, reason.name(), bounded(message)));
    }

    /** Keeps what was said before, of the generation that it was said of; false where nothing was. */
    boolean keep(ConditionType type) {
        Condition before = previous.get(type);
        if (before == null) {
            return false;
        }
        current.put(type, before);
        return true;
    }

    /** Takes a condition back. */
    void drop(ConditionType type) {
        current.remove(type);
    }

    /** Whether the condition was True before, for this same generation. */
    boolean heldBefore(ConditionType type) {
        return Optional.ofNullable(previous.get(type))
                .filter(before -> Long.valueOf(generation).equals(before.observedGeneration()))
                .filter(before -> before.status().equals(Truth.True.name()))
                .isPresent();
    }

    /** The condition as it is being said now. */
    Optional<Condition> now(ConditionType type) {
        return Optional.ofNullable(current.get(type));
    }

    /** Whether it is being said to be True now. */
    boolean holds(ConditionType type) {
        return now(type)
                .filter(condition -> condition.status().equals(Truth.True.name()))
                .isPresent();
    }

    /** All, in order. */
    List<Condition> list() {
        return Arrays.stream(ConditionType.values())
                .flatMap(type -> now(type).stream())
                .toList();
    }

    /** The time, as conditions write it (RFC 3339, whole seconds). */
    String now() {
        return clock.instant().truncatedTo(ChronoUnit.SECONDS).toString();
    }

    /** The time itself, for what depends on how long something has lasted. */
    Instant instant() {
        return clock.instant();
    }

    private static String bounded(String message) {
        return message.length() <= MAX_MESSAGE ? message : message.substring(0, MAX_MESSAGE - 1) + "…";
    }

    /** The three values of a condition. */
    enum Truth {
        True,
        False,
        Unknown
    }
}
