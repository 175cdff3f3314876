package dev.secureprediction.gateway.server;

/** Whether the gateway is about to end: not ready any more, and callers are asked to go elsewhere after their answer. */
public final class Draining {
    private volatile boolean begun;

    public void begin() {
        begun = true;
    }

    public boolean hasBegun() {
        return begun;
    }
}
