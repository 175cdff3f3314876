package dev.secureprediction.operator.cloud;

import java.util.Map;
import java.util.Optional;

/**
 * How much of what is limited is used.
 *
 * @param accounts how many service accounts the project holds; absent where they may not be counted
 * @param principals how many principals policies of projects hold, as Google's limit counts them; by project
 */
public record Room(Optional<Integer> accounts, Map<String, Integer> principals) {

    /** Keeps a copy. */
    public Room {
        principals = Map.copyOf(principals);
    }
}
