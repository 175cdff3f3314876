package dev.secureprediction.policy.model;

/**
 * What audit records must and may hold.
 *
 * @param onFailure what follows when a record cannot be written
 * @param prompts how much of a prompt is recorded
 */
public record AuditRules(OnFailure onFailure, Prompts prompts) {

    /** Nothing of prompts; no call without its record. */
    public static final AuditRules STRICT = new AuditRules(OnFailure.Refuse, Prompts.None);

    /** What follows when a record cannot be written. */
    public enum OnFailure {
        /** Calls are refused. */
        Refuse,
        /** Calls go on; the lost records are counted. */
        Drop
    }

    /** How much of a prompt is recorded, from least to most. */
    public enum Prompts {
        /** Nothing. */
        None,
        /** A keyed hash. */
        Hash,
        /** The text. */
        Full
    }
}
