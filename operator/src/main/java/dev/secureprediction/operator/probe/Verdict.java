package dev.secureprediction.operator.probe;

import java.util.Optional;

/** What one probe of one pod came to. */
public sealed interface Verdict {

    /** Which. */
    Probe probe();

    /**
     * As it must be.
     *
     * @param modelVersion the version that the model says it is, where it was asked and says so
     */
    record Passed(Probe probe, Optional<String> modelVersion) implements Verdict {

        /** Of a call that no model answers. */
        public Passed(Probe probe) {
            this(probe, Optional.empty());
        }
    }

    /** It was answered, and must not have been. */
    record LetThrough(Probe probe) implements Verdict {}

    /** It came to something else, which proves that something is wrong. */
    record Wrong(Probe probe, String what) implements Verdict {}

    /** It proves nothing either way: not made, or the model has no capacity. */
    record Unknown(Probe probe, String why) implements Verdict {}
}
