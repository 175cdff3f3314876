package dev.secureprediction.operator.promotion;

/**
 * A verification record as it lies in the cluster; nothing in it is believed yet.
 *
 * @param namespace of its object
 * @param name of its object
 * @param jws compact (RFC 7515)
 */
public record SignedRecord(String namespace, String name, String jws) {

    /** For messages. */
    public String shown() {
        return namespace + "/" + name;
    }
}
