package dev.secureprediction.operator.probe;

/** The calls that prove a gateway, and what each must come to: a status and the gateway's own code, not just any refusal. */
public enum Probe {
    NoToken("call without a token", 401, "TOKEN_MISSING"),
    ForgedSignature("token with a forged signature", 401, "TOKEN_INVALID"),
    UnsignedToken("token of alg none", 401, "TOKEN_INVALID"),
    OtherAudience("token of another audience", 401, "TOKEN_AUDIENCE_REFUSED"),
    ExpiredToken("token kept past its expiry", 401, "TOKEN_EXPIRED"),
    NoRole("valid identity without a role", 403, "ACCESS_DENIED"),
    OtherModel("call for another endpoint's model", 403, "ACCESS_DENIED"),
    Canary("canary", 200, "");

    private final String words;
    private final int status;
    private final String code;

    Probe(String words, int status, String code) {
        this.words = words;
        this.status = status;
        this.code = code;
    }

    /** For people, without an article. */
    public String words() {
        return words;
    }

    /** HTTP status that is expected. */
    public int status() {
        return status;
    }

    /** The gateway's own code that is expected; empty where the call must succeed. */
    public String code() {
        return code;
    }

    /** Whether nothing is proven without it: no token may be old enough yet, and a model may have no capacity. */
    public boolean isNeeded() {
        return this != ExpiredToken && this != Canary;
    }

    /** Whether it must be refused. */
    public boolean mustBeRefused() {
        return this != Canary;
    }
}
