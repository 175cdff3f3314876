package dev.secureprediction.gateway.error;

/**
 * How a quota stands, for the fields `RateLimit-Policy` and `RateLimit` (draft-ietf-httpapi-ratelimit-headers-10).
 *
 * @param name of the quota; a structured field string without quotes or backslashes
 * @param quota units in a window
 * @param windowSeconds the window; 0: units at a time
 * @param remaining units that are left; not negative
 * @param resetSeconds until more are there; not negative
 */
public record QuotaState(String name, long quota, long windowSeconds, long remaining, long resetSeconds) {

    /** Value of `RateLimit-Policy`. */
    public String policyField() {
        return "\"" + name + "\";q=" + quota + (windowSeconds == 0 ? "" : ";w=" + windowSeconds);
    }

    /** Value of `RateLimit`. */
    public String stateField() {
        return "\"" + name + "\";r=" + remaining + ";t=" + resetSeconds;
    }
}
