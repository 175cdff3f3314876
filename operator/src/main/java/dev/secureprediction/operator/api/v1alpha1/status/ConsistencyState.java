package dev.secureprediction.operator.api.v1alpha1.status;

/** How a contract stands to that of the environment before. */
public enum ConsistencyState {
    /** Equal. */
    Same,
    /** This one was admitted there earlier. */
    Behind,
    /** That one was admitted here earlier. */
    Ahead,
    /** Neither was admitted on the other side. */
    Diverged,
    /** There is none. */
    NoPeer,
    /** It cannot be seen. */
    Unknown
}
