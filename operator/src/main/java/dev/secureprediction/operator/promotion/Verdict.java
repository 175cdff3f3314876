package dev.secureprediction.operator.promotion;

/** What became of a record. */
public sealed interface Verdict {

    /** The record. */
    SignedRecord signed();

    /** Signed by a key that counts, not over, and about this application. */
    record Trusted(SignedRecord signed, Verification said) implements Verdict {}

    /** It counts for nothing. */
    record Refused(SignedRecord signed, Cause cause, String message) implements Verdict {}

    /** Why a record counts for nothing. */
    enum Cause {
        /** It is no record at all. */
        Malformed,
        /** Nobody who counts is named as its signer. */
        UnknownIssuer,
        /** The signer has no such key. */
        UnknownKey,
        /** The signature does not hold. */
        BadSignature,
        /** It has ended. */
        Expired,
        /** It is about another environment. */
        OtherEnvironment,
        /** It is about another team's application. */
        OtherTenant,
        /** It is about another application. */
        OtherApplication
    }
}
