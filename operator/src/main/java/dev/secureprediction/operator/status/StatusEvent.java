package dev.secureprediction.operator.status;

/**
 * An event to be emitted on a transition.
 *
 * @param warning whether it is of type Warning, else Normal
 * @param reason in camel case
 * @param message for people
 */
public record StatusEvent(boolean warning, String reason, String message) {

    /** Of type Normal. */
    public static StatusEvent normal(String reason, String message) {
        return new StatusEvent(false, reason, message);
    }

    /** Of type Warning. */
    public static StatusEvent warning(String reason, String message) {
        return new StatusEvent(true, reason, message);
    }
}
