package dev.secureprediction.operator.diff;

import dev.secureprediction.operator.cloud.Change;
import java.util.List;

/**
 * What has to change, in order, and what stands in the way.
 *
 * @param changes to be made one after the other; after one that only begins, the rest waits for the next round
 * @param obstacles what changes alone will not solve
 * @param adopts whether it takes over what nobody marked
 */
public record CloudPlan(List<Change> changes, List<Obstacle> obstacles, boolean adopts) {

    /** About nothing but our own. */
    public CloudPlan(List<Change> changes, List<Obstacle> obstacles) {
        this(changes, obstacles, false);
    }

    /** Keeps copies. */
    public CloudPlan {
        changes = List.copyOf(changes);
        obstacles = List.copyOf(obstacles);
    }

    /** Nothing to do and nothing in the way. */
    public boolean settled() {
        return changes.isEmpty() && obstacles.isEmpty();
    }
}
