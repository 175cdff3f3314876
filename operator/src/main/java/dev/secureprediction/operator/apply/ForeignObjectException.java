package dev.secureprediction.operator.apply;

/** An object of the wanted name exists and is not this endpoint's; it is left alone. */
final class ForeignObjectException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    ForeignObjectException(String kind, String namespace, String name) {
        super(kind + " " + namespace + "/" + name + " exists and does not carry this endpoint's labels; remove it");
    }
}
