package dev.secureprediction.sandbox.node;

/** The three probes of a container. */
enum ProbeKind {
    STARTUP("Startup"),
    READINESS("Readiness"),
    LIVENESS("Liveness");

    private final String title;

    ProbeKind(String title) {
        this.title = title;
    }

    /** As a kubelet's events write it. */
    String title() {
        return title;
    }
}
