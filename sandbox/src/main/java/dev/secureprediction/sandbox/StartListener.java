package dev.secureprediction.sandbox;

import java.time.Duration;

/** Hears how a start goes on. Called from several threads. */
public interface StartListener {

    /** Something long begins, for instance a build. */
    void progress(String what);

    /** A step is done. */
    void finished(String step, Duration took);

    /** Hears nothing. */
    static StartListener silent() {
        return new StartListener() {
            @Override
            public void progress(String what) {}

            @Override
            public void finished(String step, Duration took) {}
        };
    }
}
