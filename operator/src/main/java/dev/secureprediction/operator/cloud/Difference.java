package dev.secureprediction.operator.cloud;

/**
 * One thing that is not as it should be, in words for status, events and logs.
 *
 * @param resource which resource, without project
 * @param field which part of it; empty for the resource as a whole
 * @param desired what it should be; `absent` where it should not be
 * @param observed what it is; `absent` where it is not
 */
public record Difference(String resource, String field, String desired, String observed) {

    /** The word for what is not there. */
    public static final String ABSENT = "absent";

    static Difference missing(String resource) {
        return new Difference(resource, "", "present", ABSENT);
    }

    static Difference superfluous(String resource) {
        return new Difference(resource, "", ABSENT, "present");
    }
}
