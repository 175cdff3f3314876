package dev.secureprediction.operator.promotion;

/** What let a contract in. */
public enum AdmittedBy {
    /** The environment has no gate. */
    NoGate,
    /** A record of the environment before, or an admission here that rested on one. */
    Record,
    /** An exception of the environment; proves nothing once it has ended. */
    Exception
}
