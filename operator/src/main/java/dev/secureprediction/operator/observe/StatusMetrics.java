package dev.secureprediction.operator.observe;

/**
 * Who counts what is said of resources.
 *
 * @param <R> kind of resource
 * @param <S> its status
 */
public interface StatusMetrics<R, S> {

    /**
     * A resource was looked at.
     *
     * @param status what is said of it now
     * @param written whether that is news; the resource still holds what was said before
     */
    void told(R resource, S status, boolean written);

    /** It goes, and nothing more is said of it. */
    default void gone(R resource) {}

    /** Nobody counts. */
    static <R, S> StatusMetrics<R, S> none() {
        return (resource, status, written) -> {};
    }
}
