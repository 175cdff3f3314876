package dev.secureprediction.gateway.pipeline;

/** A request that every guardrail let pass. Only {@link Guard} makes one. */
public final class GuardedRequest {
    private final InspectedRequest inspected;
    private final byte[] body;

    GuardedRequest(InspectedRequest inspected, byte[] body) {
        this.inspected = inspected;
        this.body = body;
    }

    public InspectedRequest inspected() {
        return inspected;
    }

    /** The caller's bytes but for what a guardrail masked. Not to be changed. */
    public byte[] body() {
        return body;
    }
}
