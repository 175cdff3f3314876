package dev.secureprediction.operator;

import dev.secureprediction.operator.apply.AuthorityStore;
import dev.secureprediction.operator.apply.OperatorCertificate;
import dev.secureprediction.operator.cloud.google.GoogleCloudResources;
import dev.secureprediction.operator.config.OperatorConfig;
import dev.secureprediction.operator.health.HealthServer;
import dev.secureprediction.operator.health.HeapWatch;
import dev.secureprediction.operator.leader.Leadership;
import dev.secureprediction.operator.metric.OperatorMetric;
import dev.secureprediction.operator.promotions.PromotionServer;
import dev.secureprediction.operator.promotions.RenewedCertificate;
import dev.secureprediction.operator.reconciler.Controllers;
import dev.secureprediction.operator.reconciler.Copies;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.javaoperatorsdk.operator.Operator;
import io.javaoperatorsdk.operator.api.config.ConfigurationServiceOverrider;
import io.javaoperatorsdk.operator.monitoring.micrometer.MicrometerMetrics;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Wires the operator and runs it until the process is asked to end. */
final class OperatorProcess {

    private static final Logger LOG = LoggerFactory.getLogger(OperatorProcess.class);
    private static final Duration LAST_WORK = Duration.ofSeconds(5);
    /** Few, since a round that fails comes again by itself, and its worker is wanted elsewhere meanwhile. */
    private static final int CLIENT_RETRIES = 2;

    private static final long FIRST_SWEEP = 5;
    private static final long SWEEP = 60;
    private static final long RENEWAL = 6;
    private static final long HEAP = 10;

    private OperatorProcess() {}

    static void run(OperatorConfig config, Clock clock) {
        var client = new KubernetesClientBuilder()
                .withConfig(new ConfigBuilder(Config.autoConfigure(null))
                        .withRequestRetryBackoffLimit(CLIENT_RETRIES)
                        .build())
                .build();
        var registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        var leadership = Leadership.of(config.namespace(), config.podName());
        var operator = new Operator(overrider -> framework(overrider, config, client, registry, leadership));
        var cloud = GoogleCloudResources.create(config.workers(), registry);
        var controllers = Controllers.register(operator, config, client, cloud, clock, registry);
        Gauge.builder(OperatorMetric.LEADING.meter(), () -> !config.leaderElection() || leadership.isLeading() ? 1 : 0)
                .description(OperatorMetric.LEADING.description())
                .register(registry);
        var schedule = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().name("orphans").daemon().factory());
        var health = HealthServer.start(
                new InetSocketAddress(config.bindAddress(), config.port()),
                () -> operator.getRuntimeInfo().isStarted()
                        && operator.getRuntimeInfo().allEventSourcesAreHealthy(),
                registry::scrape);
        operator.start();
        var sweeping = schedule.scheduleWithFixedDelay(
                () -> whileLeading(config, leadership, controllers.sweepOrphans()),
                FIRST_SWEEP,
                SWEEP,
                TimeUnit.SECONDS);
        var certificate = certificate(config, client, clock);
        var promotions = PromotionServer.start(
                new InetSocketAddress(config.bindAddress(), config.promotionPort()),
                certificate.context(),
                client,
                controllers.lookup(),
                controllers.planner());
        var renewing =
                schedule.scheduleWithFixedDelay(() -> quietly(certificate::renew), RENEWAL, RENEWAL, TimeUnit.HOURS);
        var heap = HeapWatch.create();
        var collecting = schedule.scheduleWithFixedDelay(() -> quietly(heap), HEAP, HEAP, TimeUnit.SECONDS);
        Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().name("stop").unstarted(() -> {
            leadership.stopping();
            sweeping.cancel(false);
            renewing.cancel(false);
            collecting.cancel(false);
            operator.stop();
            leadership.release(client);
            health.close();
            promotions.close();
            cloud.close();
            client.close();
        }));
        LOG.info("started as installation {}", config.installationId());
    }

    private static RenewedCertificate certificate(OperatorConfig config, KubernetesClient client, Clock clock) {
        var authorities = new AuthorityStore(client, config.installationId(), clock);
        return new RenewedCertificate(new OperatorCertificate(client, authorities, config.namespace(), clock)::current);
    }

    /** An exception would end the schedule. */
    private static void whileLeading(OperatorConfig config, Leadership leadership, Runnable work) {
        if (config.leaderElection() && !leadership.isLeading()) {
            return;
        }
        quietly(work);
    }

    private static void quietly(Runnable work) {
        try {
            work.run();
        } catch (RuntimeException e) {
            LOG.error("work done from time to time failed, tried again", e);
        }
    }

    private static void framework(
            ConfigurationServiceOverrider overrider,
            OperatorConfig config,
            KubernetesClient client,
            PrometheusMeterRegistry registry,
            Leadership leadership) {
        overrider
                .withKubernetesClient(client)
                .withCloseClientOnStop(false) // the lease is handed over after the stop
                .withReconciliationTerminationTimeout(LAST_WORK)
                // one that waits costs next to nothing; how many work at once is said by turns
                .withExecutorService(Executors.newVirtualThreadPerTaskExecutor())
                .withResourceCloner(new Copies(client.getKubernetesSerialization()))
                .withDefaultNonSSAResource(Set.of()) // ConfigMap and Secret too are applied server-side
                .withPreviousAnnotationForDependentResources(false)
                .withParseResourceVersions(true) // own writes are told from others', and raise no event
                .withMetrics(MicrometerMetrics.withoutPerResourceMetrics(registry));
        if (config.leaderElection()) {
            overrider.withLeaderElectionConfiguration(leadership.configuration());
        }
    }
}
