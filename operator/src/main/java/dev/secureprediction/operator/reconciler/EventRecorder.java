package dev.secureprediction.operator.reconciler;

import dev.secureprediction.operator.metric.OperatorMetric;
import dev.secureprediction.operator.render.Labels;
import dev.secureprediction.operator.status.StatusEvent;
import io.fabric8.kubernetes.api.model.EventBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells transitions as Kubernetes events. An event that cannot be told stops nothing. */
final class EventRecorder {

    private static final Logger LOG = LoggerFactory.getLogger(EventRecorder.class);
    private static final int LONGEST = 1024;

    private final KubernetesClient client;
    private final String reporter;
    private final Clock clock;
    private final MeterRegistry registry;

    /**
     * A recorder.
     *
     * @param reporter this process among its replicas
     * @param registry counts events by kind and reason, both from bounded sets
     */
    EventRecorder(KubernetesClient client, String reporter, Clock clock, MeterRegistry registry) {
        this.client = client;
        this.reporter = reporter;
        this.clock = clock;
        this.registry = registry;
    }

    void record(HasMetadata about, StatusEvent event) {
        var now = clock.instant().truncatedTo(ChronoUnit.SECONDS).toString();
        var namespace = Objects.requireNonNullElse(about.getMetadata().getNamespace(), "default");
        var message = event.message();
        Counter.builder(OperatorMetric.EVENTS.meter())
                .description(OperatorMetric.EVENTS.description())
                .tags(OperatorMetric.EVENTS.tags(about.getKind(), event.reason()))
                .register(registry)
                .increment();
        LOG.atLevel(event.warning() ? org.slf4j.event.Level.WARN : org.slf4j.event.Level.INFO)
                .log("{}: {}", event.reason(), message);
        try {
            client.resource(new EventBuilder()
                            .withNewMetadata()
                            .withGenerateName(about.getMetadata().getName() + ".")
                            .withNamespace(namespace)
                            .endMetadata()
                            .withNewInvolvedObject()
                            .withApiVersion(about.getApiVersion())
                            .withKind(about.getKind())
                            .withName(about.getMetadata().getName())
                            .withNamespace(about.getMetadata().getNamespace())
                            .withUid(about.getMetadata().getUid())
                            .withResourceVersion(about.getMetadata().getResourceVersion())
                            .endInvolvedObject()
                            .withType(event.warning() ? "Warning" : "Normal")
                            .withReason(event.reason())
                            .withMessage(message.length() > LONGEST ? message.substring(0, LONGEST) : message)
                            .withFirstTimestamp(now)
                            .withLastTimestamp(now)
                            .withCount(1)
                            .withNewSource(Labels.OPERATOR, null)
                            .withReportingComponent(Labels.OPERATOR)
                            .withReportingInstance(reporter)
                            .build())
                    .create();
        } catch (KubernetesClientException e) {
            LOG.warn("event {} was not recorded: {}", event.reason(), e.getMessage());
        }
    }
}
