package dev.secureprediction.operator.probe;

/** What one probe of one pod came to. */
public sealed interface Verdict {

    /** Which. */
    Probe probe();

    /** As it must be. */
    record Passed(Probe probe) implements Verdict {}

    /** It was answered, and must not have been. */
    record LetThrough(Probe probe) implements Verdict {}

    /** It came to something else, which proves that something is wrong. */
    record Wrong(Probe probe, String what) implements Verdict {}

    /** It proves nothing either way: not made, or the model has no capacity. */
    record Unknown(Probe probe, String why) implements Verdict {}
}
