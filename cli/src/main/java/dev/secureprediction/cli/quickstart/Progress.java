package dev.secureprediction.cli.quickstart;

import java.io.PrintWriter;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Locale;

/** Prints each step with the time since the start. */
public final class Progress {

    private final PrintWriter out;
    private final InstantSource clock;
    private final java.time.Instant started;

    private Progress(PrintWriter out, InstantSource clock) {
        this.out = out;
        this.clock = clock;
        this.started = clock.instant();
    }

    /** Starts counting now. */
    public static Progress start(PrintWriter out, InstantSource clock) {
        return new Progress(out, clock);
    }

    /** A step that is done. */
    public void step(String what) {
        out.printf(Locale.ROOT, "[%6.1f s] %s%n", seconds(), what);
        out.flush();
    }

    /** A line that belongs to the step above it. */
    public void detail(String what) {
        out.printf("           %s%n", what);
        out.flush();
    }

    /** Time since the start. */
    public Duration elapsed() {
        return Duration.between(started, clock.instant());
    }

    private double seconds() {
        return elapsed().toMillis() / 1000.0;
    }
}
