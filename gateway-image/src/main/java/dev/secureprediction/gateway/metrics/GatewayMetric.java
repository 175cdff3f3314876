package dev.secureprediction.gateway.metrics;

import java.util.List;
import java.util.Locale;

/** Every metric of a gateway. Labels take values of enums and the policy's own names alone. */
public enum GatewayMetric {
    CALL(
            Kind.TIMER,
            "Calls by what became of them, from the first byte read to the last one written",
            "surface",
            "action",
            "code"),
    UPSTREAM(Kind.TIMER, "Calls to the model, from connecting to the last byte", "surface"),
    FIRST_BYTE(Kind.TIMER, "From calling the model to the first byte of its answer", "surface"),
    TOKENS(Kind.COUNTER, "Tokens as the model counted them", "surface", "kind"),
    DECISIONS(Kind.COUNTER, "Calls by decision: Permit, Deny", "decision"),
    GUARDRAIL(Kind.TIMER, "What guardrails said of calls, and how long they took", "guardrail", "stage", "verdict"),
    LIMITS(
            Kind.COUNTER,
            "Calls counted against their role's limits, by who counted: LOCAL, SHARED, or FALLBACK while the store is down; refused ones have a code",
            "counted"),
    CACHE(Kind.COUNTER, "Calls whose answer was looked for in the cache: Hit, Miss", "outcome"),
    UPSTREAM_RETRIES(Kind.COUNTER, "Calls to the model that were made once more"),
    BREAKER_OPEN(
            Kind.GAUGE, "1 while a model is left alone because it failed, 0.5 while one call tries", "model", "region"),
    CALLS_RUNNING(Kind.GAUGE, "Calls between admission and their end"),
    ISSUER_KEYS(Kind.GAUGE, "Keys of an issuer that may verify now", "issuer"),
    ISSUER_KEYS_AGE(Kind.GAUGE_OF_SECONDS, "Seconds since an issuer's keys were confirmed", "issuer"),
    POLICY_REFUSED(Kind.GAUGE, "1 while a file of the policy directory is refused"),
    AUDIT_LOST(Kind.COUNTER, "Calls without their audit record, or without their prompt in it"),
    SPANS_LOST(Kind.COUNTER, "Calls whose spans the collector did not take");

    /** How a metric counts, and so what Prometheus calls it. */
    public enum Kind {
        TIMER("histogram", "_seconds"),
        COUNTER("counter", "_total"),
        GAUGE("gauge", ""),
        GAUGE_OF_SECONDS("gauge", "_seconds");

        private final String type;
        private final String suffix;

        Kind(String type, String suffix) {
            this.type = type;
            this.suffix = suffix;
        }

        /** Type in Prometheus. */
        public String type() {
            return type;
        }
    }

    private final Kind kind;
    private final String description;
    private final String labels;

    GatewayMetric(Kind kind, String description, String... labels) {
        this.kind = kind;
        this.description = description;
        this.labels = String.join(" ", labels);
    }

    /** How it counts. */
    public Kind kind() {
        return kind;
    }

    /** What it says. */
    public String description() {
        return description;
    }

    /** Names of its labels, in order. */
    public List<String> labels() {
        return labels.isEmpty() ? List.of() : List.of(labels.split(" ", -1));
    }

    /** Its name in Prometheus. */
    public String exposed() {
        return meter().replace('.', '_') + kind.suffix;
    }

    String meter() {
        return "spe.gateway." + name().toLowerCase(Locale.ROOT).replace('_', '.');
    }

    /** Names and values in turn. */
    String[] tags(String... values) {
        List<String> names = labels();
        if (values.length != names.size()) {
            throw new IllegalArgumentException(this + " has the labels " + names);
        }
        String[] tags = new String[2 * values.length];
        for (int i = 0; i < values.length; i++) {
            tags[2 * i] = names.get(i);
            tags[2 * i + 1] = values[i];
        }
        return tags;
    }
}
