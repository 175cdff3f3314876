package dev.secureprediction.operator.reconciler;

import dev.secureprediction.operator.api.v1alpha1.PredictionEnvironment;
import dev.secureprediction.operator.api.v1alpha1.PredictionVerification;
import dev.secureprediction.operator.api.v1alpha1.SecurePredictionEndpoint;
import dev.secureprediction.operator.apply.AuthorityStore;
import dev.secureprediction.operator.apply.GatewayAccess;
import dev.secureprediction.operator.apply.SigningKeyStore;
import dev.secureprediction.operator.apply.TrimmedStore;
import dev.secureprediction.operator.cloud.CloudResources;
import dev.secureprediction.operator.config.OperatorConfig;
import dev.secureprediction.operator.observe.EnvironmentMetrics;
import dev.secureprediction.operator.promotions.PromotionServer;
import dev.secureprediction.operator.render.Labels;
import dev.secureprediction.operator.status.EnvironmentPreview;
import dev.secureprediction.operator.status.EnvironmentProjector;
import dev.secureprediction.operator.status.Preview;
import dev.secureprediction.operator.status.StatusProjector;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.javaoperatorsdk.operator.Operator;
import io.javaoperatorsdk.operator.api.config.ControllerConfigurationOverrider;
import io.javaoperatorsdk.operator.processing.event.rate.LinearRateLimiter;
import io.javaoperatorsdk.operator.processing.event.source.filter.OnUpdateFilter;
import io.javaoperatorsdk.operator.processing.retry.GenericRetry;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;

/** Registers the controllers. */
public final class Controllers {

    private Controllers() {}

    /**
     * What else can be asked of the controllers.
     *
     * @param sweepOrphans takes away what is left of endpoints that are gone
     * @param lookup what promotions of an endpoint rest on
     * @param planner what applying an endpoint would change
     */
    public record Registered(Runnable sweepOrphans, PromotionServer.Lookup lookup, PromotionServer.Planner planner) {}

    /** Both, with the same filter, retry and rate rules; returns what else can be asked of them. */
    public static Registered register(
            Operator operator,
            OperatorConfig config,
            KubernetesClient client,
            CloudResources cloud,
            Clock clock,
            MeterRegistry registry) {
        var keys = new SigningKeyStore(client, config.namespace(), config.installationId(), clock);
        var requeue = new Requeue(OperatorConfig.OPERATION_INTERVAL, clock);
        var events = new EventRecorder(client, config.podName(), clock, registry);
        var access = new GatewayAccess(client, config.namespace(), clock);
        var endpoints = new EndpointReconciler(
                context -> EndpointParts.wire(config, cloud, access, keys, clock, registry, context),
                new StatusProjector(clock),
                requeue,
                new Turns(config.workers()));
        operator.register(
                new EnvironmentReconciler(
                        cloud,
                        access,
                        new AuthorityStore(client, config.installationId(), clock),
                        keys,
                        new EnvironmentProjector(clock),
                        name -> endpoints.wired().flatMap(parts -> parts.rollout(name)),
                        new Statuses<>(PredictionEnvironment::new, events, new EnvironmentMetrics(registry)),
                        requeue,
                        config.installation()),
                overrider ->
                        configure(overrider, "environment", EnvironmentReconciler.FINALIZER, new EventFilters<>()));
        operator.register(
                new RecordReconciler(keys, new Statuses<>(PredictionVerification::new, events), clock),
                overrider -> overrider.withName("verification").withFieldManager(Labels.OPERATOR));
        operator.register(
                endpoints,
                overrider -> configure(overrider, "endpoint", EndpointReconciler.FINALIZER, endpoints.updates()));
        return new Registered(
                () -> endpoints.wired().orElseThrow().orphans().sweep(),
                (environment, namespace, name) ->
                        endpoints.wired().orElseThrow().find(environment, namespace, name),
                new Planning(endpoints));
    }

    /** Plans by what reconciling endpoints is made of. */
    private record Planning(EndpointReconciler endpoints) implements PromotionServer.Planner {

        @Override
        public Preview plan(SecurePredictionEndpoint endpoint) {
            return endpoints.wired().orElseThrow().foresee(endpoint);
        }

        @Override
        public EnvironmentPreview plan(PredictionEnvironment environment) {
            return endpoints.wired().orElseThrow().foresee(environment);
        }
    }

    private static <R extends HasMetadata> void configure(
            ControllerConfigurationOverrider<R> overrider, String name, String finalizer, OnUpdateFilter<R> updates) {
        overrider
                .withName(name)
                .withFieldManager(Labels.OPERATOR)
                .withFinalizer(finalizer)
                .withItemStore(TrimmedStore.withoutManagers())
                .withInformerListLimit(TrimmedStore.PAGE)
                .withGenerationAware(false) // the filter knows more
                .withOnUpdateFilter(updates)
                .withRetry(GenericRetry.defaultLimitedExponentialRetry()
                        .setInitialInterval(Duration.ofSeconds(1))
                        .setMaxInterval(Duration.ofMinutes(1).toMillis())
                        .withoutMaxAttempts())
                .withRateLimiter(new LinearRateLimiter(Duration.ofSeconds(1), 5));
    }
}
