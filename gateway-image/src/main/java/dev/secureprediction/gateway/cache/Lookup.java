package dev.secureprediction.gateway.cache;

/** What came of looking for an answer. */
public sealed interface Lookup {

    /**
     * There is one.
     *
     * @param answer to be given as it is
     */
    record Hit(StoredAnswer answer) implements Lookup {}

    /**
     * There is none; this call is the one that asks.
     *
     * @param flight to be landed
     */
    record Lead(Flight flight) implements Lookup {}

    /** There is none, and the call that was waited for brought none either. */
    record Alone() implements Lookup {}
}
