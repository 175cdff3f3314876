package dev.secureprediction.operator.metric;

import io.micrometer.core.instrument.Tags;
import java.util.List;

/** Every metric of the operator's own. Labels are environments, conditions, probes, reasons, and methods and codes of Google's APIs. */
public enum OperatorMetric {
    LEADING("spe.leading", Kind.GAUGE, "1 where this replica is the one that works"),
    ENVIRONMENTS(
            "spe.environments",
            Kind.GAUGE,
            "1 where a condition of an environment is so",
            "environment",
            "condition",
            "status"),
    ENDPOINTS("spe.endpoints", Kind.GAUGE, "Endpoints by condition", "environment", "condition", "status"),
    TIME_TO_READY(
            "spe.time.to.ready",
            Kind.TIMER,
            "From the creation, or from when it was no longer ready, until ready",
            "environment"),
    DRIFT_FOUND("spe.drift.found", Kind.COUNTER, "Differences that somebody else made", "environment"),
    DRIFT_REVERT("spe.drift.revert", Kind.TIMER, "From detection to revert", "environment"),
    GOOGLE_CALLS("spe.google.calls", Kind.TIMER, "Calls to Google Cloud, each attempt for itself", "method", "code"),
    PROBES(
            "spe.probes",
            Kind.COUNTER,
            "Probes of gateway pods: passed, let_through, wrong, unknown",
            "probe",
            "outcome"),
    PROOF_AGE("spe.proof.age.seconds", Kind.GAUGE, "Age of the oldest proof of any gateway pod"),
    EVENTS("spe.events", Kind.COUNTER, "Events told", "kind", "reason");

    /** How a metric counts, and so what Prometheus calls it. */
    public enum Kind {
        TIMER("summary", "_seconds"),
        COUNTER("counter", "_total"),
        GAUGE("gauge", "");

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

    private final String meter;
    private final Kind kind;
    private final String description;
    private final String labels;

    OperatorMetric(String meter, Kind kind, String description, String... labels) {
        this.meter = meter;
        this.kind = kind;
        this.description = description;
        this.labels = String.join(" ", labels);
    }

    /** Its name in Micrometer. */
    public String meter() {
        return meter;
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
        return meter.replace('.', '_') + kind.suffix;
    }

    /** Its labels with these values, in order. */
    public Tags tags(String... values) {
        List<String> names = labels();
        if (values.length != names.size()) {
            throw new IllegalArgumentException(this + " has the labels " + names);
        }
        Tags tags = Tags.empty();
        for (int i = 0; i < values.length; i++) {
            tags = tags.and(names.get(i), values[i]);
        }
        return tags;
    }
}
