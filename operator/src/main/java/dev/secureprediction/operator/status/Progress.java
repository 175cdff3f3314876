package dev.secureprediction.operator.status;

import dev.secureprediction.operator.api.v1alpha1.Reason;

/** How far one part is. */
public sealed interface Progress {

    /** Why. */
    Reason reason();

    /** For people. */
    String message();

    /** As wanted. */
    record Done(Reason reason, String message) implements Progress {}

    /** Under way, by the operator or by Google Cloud. */
    record Working(Reason reason, String message) implements Progress {}

    /** Refused or failed; whether a person must act, the reason says. */
    record Failed(Reason reason, String message) implements Progress {}
}
