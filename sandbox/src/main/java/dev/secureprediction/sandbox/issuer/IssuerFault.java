package dev.secureprediction.sandbox.issuer;

/** How an issuer misbehaves on discovery and keys. */
public sealed interface IssuerFault {

    /** Answers as it should. */
    record None() implements IssuerFault {}

    /**
     * Answers with an error.
     *
     * @param status HTTP status, 400 to 599
     */
    record Status(int status) implements IssuerFault {}

    /** Takes the request and never answers. */
    record Silence() implements IssuerFault {}

    /** 200 with a page, as a captive portal does. */
    record Html() implements IssuerFault {}

    /** 200 with a key set that holds no key. */
    record EmptyKeySet() implements IssuerFault {}

    /** 200 with a key set whose only key lacks its modulus. */
    record BrokenKey() implements IssuerFault {}
}
