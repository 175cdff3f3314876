package dev.secureprediction.gateway.tokens;

import dev.secureprediction.gateway.error.ErrorCode;

/**
 * What is wrong with a token, for the audit record. Whatever is found before the signature is known to be good tells the
 * caller only {@link ErrorCode#TOKEN_INVALID}: a forger learns nothing about the issuers and keys trusted here.
 */
public enum TokenFault {
    TOO_LARGE(ErrorCode.TOKEN_INVALID),
    NOT_COMPACT_JWS(ErrorCode.TOKEN_INVALID),
    HEADER_MALFORMED(ErrorCode.TOKEN_INVALID),
    HEADER_REFUSED(ErrorCode.TOKEN_INVALID),
    PAYLOAD_MALFORMED(ErrorCode.TOKEN_INVALID),
    ISSUER_UNKNOWN(ErrorCode.TOKEN_INVALID),
    ALGORITHM_REFUSED(ErrorCode.TOKEN_INVALID),
    KEY_UNKNOWN(ErrorCode.TOKEN_INVALID),
    KEY_UNFIT(ErrorCode.TOKEN_INVALID),
    KEYS_UNAVAILABLE(ErrorCode.KEYS_UNAVAILABLE),
    SIGNATURE_WRONG(ErrorCode.TOKEN_INVALID),
    TOO_MANY_WRONG(ErrorCode.TOO_MANY_FAILURES),
    TYPE_REFUSED(ErrorCode.TOKEN_TYPE_REFUSED),
    AUDIENCE_REFUSED(ErrorCode.TOKEN_AUDIENCE_REFUSED),
    EXPIRY_MISSING(ErrorCode.TOKEN_INVALID),
    EXPIRED(ErrorCode.TOKEN_EXPIRED),
    NOT_YET_VALID(ErrorCode.TOKEN_NOT_YET_VALID),
    ISSUED_IN_FUTURE(ErrorCode.TOKEN_NOT_YET_VALID),
    TIME_MALFORMED(ErrorCode.TOKEN_INVALID),
    LIFETIME_EXCEEDED(ErrorCode.TOKEN_LIFETIME_EXCEEDED),
    SUBJECT_MISSING(ErrorCode.TOKEN_INVALID),
    REVOKED(ErrorCode.TOKEN_REVOKED);

    private final ErrorCode code;

    TokenFault(ErrorCode code) {
        this.code = code;
    }

    /** What the caller is told. */
    public ErrorCode code() {
        return code;
    }
}
