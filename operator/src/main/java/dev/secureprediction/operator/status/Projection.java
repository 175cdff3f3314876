package dev.secureprediction.operator.status;

import java.util.List;

/**
 * A status and what its transitions are worth telling.
 *
 * @param status the whole status; the previous object itself when nothing changed
 * @param changed whether it must be written
 * @param events to be emitted once it is
 */
public record Projection<S>(S status, boolean changed, List<StatusEvent> events) {

    public Projection {
        events = List.copyOf(events);
    }
}
