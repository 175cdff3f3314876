package dev.secureprediction.gateway.surface;

/** Something in a body that a screener must see. */
public sealed interface Part {

    /** JSON pointer (RFC 6901) of the value. */
    String pointer();

    /**
     * A text.
     *
     * @param pointer where it stands
     * @param span the JSON string literal, quotes included
     * @param speaker whose text it is
     * @param text its value, unescaped
     */
    record Text(String pointer, Span span, Speaker speaker, String text) implements Part {}

    /**
     * Bytes given in the body, base64.
     *
     * @param pointer where they stand
     * @param span the JSON string literal, quotes included
     * @param mimeType as said there; empty where not said
     */
    record Inline(String pointer, Span span, String mimeType) implements Part {}

    /**
     * A file elsewhere, which the model's side fetches.
     *
     * @param pointer where it stands
     * @param uri as written
     * @param mimeType as said there; empty where not said
     */
    record File(String pointer, String uri, String mimeType) implements Part {}
}
