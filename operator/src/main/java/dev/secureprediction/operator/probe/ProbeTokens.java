package dev.secureprediction.operator.probe;

import java.util.Optional;

/** Tokens to prove gateways with, each good but for one fault. Never printed. */
public final class ProbeTokens {

    private final String good;
    private final String stranger;
    private final String otherAudience;
    private final Optional<String> expired;

    /**
     * All of them.
     *
     * @param good of the verifier, for the right audience
     * @param stranger of an account that has no role
     * @param otherAudience of the verifier, for another audience
     * @param expired of the verifier, once good; absent until one is old enough
     */
    public ProbeTokens(String good, String stranger, String otherAudience, Optional<String> expired) {
        this.good = good;
        this.stranger = stranger;
        this.otherAudience = otherAudience;
        this.expired = expired;
    }

    String good() {
        return good;
    }

    String stranger() {
        return stranger;
    }

    String otherAudience() {
        return otherAudience;
    }

    Optional<String> expired() {
        return expired;
    }

    @Override
    public String toString() {
        return "ProbeTokens[redacted]";
    }
}
