package dev.secureprediction.cli.quickstart;

import java.time.Duration;
import java.util.List;

/**
 * What came back from a gateway.
 *
 * @param status HTTP status
 * @param body the whole body
 * @param arrivals when each part of the body arrived, counted from the request
 */
record Answer(int status, String body, List<Duration> arrivals) {

    Answer {
        arrivals = List.copyOf(arrivals);
    }

    /** Time between the first and the last part; near zero when something on the way held the parts back. */
    Duration spread() {
        return arrivals.isEmpty() ? Duration.ZERO : arrivals.getLast().minus(arrivals.getFirst());
    }
}
