package dev.secureprediction.gateway.config;

/** What a gateway reads of its environment, under these very names. */
public enum GatewayVariable {
    SPE_POLICY_DIRECTORY("/etc/spe/policy", "Folder with `policy.json`, `issuer-keys.json` and `revocations.json`."),
    SPE_TLS_DIRECTORY("", "Folder with `tls.crt` and `tls.key`; without it the public port is plaintext."),
    SPE_BIND_ADDRESS("0.0.0.0", "Address of both ports."),
    SPE_PORT("8443", "Public port.", 65_535),
    SPE_ADMIN_PORT("8081", "Port for probes, metrics and the policy in force.", 65_535),
    SPE_FEDERATION_TOKEN_FILE("", "The pod's projected token, where identity is by federation."),
    GCE_METADATA_HOST(
            "metadata.google.internal",
            "Where workload identity answers, `host` or `host:port`, where it is not GKE's metadata server."),
    SPE_STORE_DIRECTORY(
            "", "Folder with `url`, `encryption-key` and `ca.crt` of the shared store; without it there is none."),
    SPE_DRAIN_SECONDS("20", "How long running calls may go on after SIGTERM.", 3_600),
    SPE_POD_NAME("unnamed", "Name in audit records."),
    OTEL_EXPORTER_OTLP_ENDPOINT("", "Collector that spans are sent to, http or https; without it there are none."),
    SPE_AUDIT_OTLP("false", "`true` sends audit records there as well; they count as written when it took them."),
    SPE_AUDIT_FILE("", "File that audit records are appended to as well.");

    private final String fallback;
    private final String meaning;
    private final int most;

    GatewayVariable(String fallback, String meaning) {
        this(fallback, meaning, 0);
    }

    GatewayVariable(String fallback, String meaning, int most) {
        this.fallback = fallback;
        this.meaning = meaning;
        this.most = most;
    }

    /** What holds where it is not set; empty for none. */
    public String fallback() {
        return fallback;
    }

    /** What it says. */
    public String meaning() {
        return meaning;
    }

    /** The largest value of a number; 0 for what is none. */
    public int most() {
        return most;
    }
}
