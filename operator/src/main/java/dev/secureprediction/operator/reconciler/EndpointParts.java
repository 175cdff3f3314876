package dev.secureprediction.operator.reconciler;

import dev.secureprediction.operator.api.v1alpha1.PredictionEnvironment;
import dev.secureprediction.operator.api.v1alpha1.SecurePredictionEndpoint;
import dev.secureprediction.operator.api.v1alpha1.status.EndpointStatus;
import dev.secureprediction.operator.apply.AuthorityStore;
import dev.secureprediction.operator.apply.CloudApplier;
import dev.secureprediction.operator.apply.CloudRounds;
import dev.secureprediction.operator.apply.DryRun;
import dev.secureprediction.operator.apply.GatewayAccess;
import dev.secureprediction.operator.apply.GatewayApplier;
import dev.secureprediction.operator.apply.GatewayCertificates;
import dev.secureprediction.operator.apply.HeldRevocations;
import dev.secureprediction.operator.apply.PolicyTouch;
import dev.secureprediction.operator.apply.RecordStore;
import dev.secureprediction.operator.apply.SigningKeyStore;
import dev.secureprediction.operator.apply.StandingGateways;
import dev.secureprediction.operator.cloud.CloudResources;
import dev.secureprediction.operator.config.OperatorConfig;
import dev.secureprediction.operator.observe.EndpointMetrics;
import dev.secureprediction.operator.observe.GatewayObserver;
import dev.secureprediction.operator.observe.ProofLedger;
import dev.secureprediction.operator.observe.ProofMetrics;
import dev.secureprediction.operator.plan.EndpointPlan;
import dev.secureprediction.operator.plan.InForce;
import dev.secureprediction.operator.plan.RolloutPlan;
import dev.secureprediction.operator.probe.GatewayProbe;
import dev.secureprediction.operator.probe.GatewayTraffic;
import dev.secureprediction.operator.probe.VerifierTokens;
import dev.secureprediction.operator.resolve.EndpointInputs;
import dev.secureprediction.operator.status.EnvironmentPreview;
import dev.secureprediction.operator.status.Preview;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/** What reconciling endpoints is made of. */
record EndpointParts(
        EndpointWatches watches,
        EndpointPlans plans,
        EndpointRound round,
        Foresight foresight,
        EndpointRemoval removal,
        OrphanSweeper orphans,
        Retention retention,
        Verifications verifications,
        Statuses<EndpointStatus, SecurePredictionEndpoint> statuses,
        EventRecorder events) {

    static EndpointParts wire(
            OperatorConfig config,
            CloudResources cloud,
            GatewayAccess access,
            SigningKeyStore keys,
            Clock clock,
            MeterRegistry registry,
            EventSourceContext<SecurePredictionEndpoint> context) {
        var client = context.getClient();
        var watches = new EndpointWatches(config.installation(), access, keys, clock, context);
        var objects = watches.objects();
        var pods = watches.pods();
        var records = new RecordStore(objects, client);
        var authorities = new AuthorityStore(client, config.installationId(), clock);
        var ledger = new ProofLedger(clock, () -> ThreadLocalRandom.current().nextDouble());
        var applier = new CloudApplier(cloud);
        var removal = new EndpointRemoval(
                EndpointRemoval.InCluster.of(records, pods, watches.caches()::isTerminating), applier, clock);
        var events = new EventRecorder(client, config.podName(), clock, registry);
        var gateways = new GatewayApplier(objects, new GatewayCertificates(client, authorities, clock), config.peers());
        var rounds = new CloudRounds(applier, clock);
        var observer = new GatewayObserver(
                new GatewayProbe(),
                new VerifierTokens(client, clock),
                ledger,
                new ProofMetrics(registry, ledger, clock));
        var plans = new EndpointPlans(watches.caches(), config.installation(), watches.rollouts(), watches.turns());
        return new EndpointParts(
                watches,
                plans,
                new EndpointRound(
                        records,
                        watches.rollouts(),
                        gateways,
                        objects,
                        pods,
                        new PolicyTouch(objects, pods),
                        new HeldRevocations(objects, pods, client),
                        new CloudStage(rounds, gateways, observer),
                        new LeftPlaces(rounds, gateways),
                        observer,
                        new StandingGateways(),
                        clock),
                new Foresight(plans, records, applier, new DryRun(client, config.peers())),
                removal,
                new OrphanSweeper(objects, watches.endpoints(), removal, client, clock),
                new Retention(watches.caches(), client),
                new Verifications(watches.verifications(), keys, objects, pods, new GatewayTraffic(), client, events),
                new Statuses<>(
                        SecurePredictionEndpoint::new,
                        events,
                        new EndpointMetrics(registry, watches.endpoints()::list, clock)),
                events);
    }

    /** One round of taking an endpoint away. */
    EndpointRemoval.Step remove(SecurePredictionEndpoint endpoint, EndpointPlan asked) {
        var key = EndpointPlans.key(endpoint);
        round.forget(key);
        return removal.round(
                key,
                InForce.of(asked).map(inForce -> inForce.state().cloud()),
                retention.retains(endpoint),
                EndpointRound.pendingOperation(endpoint),
                EndpointRemoval.since(endpoint));
    }

    /** What applying an environment would change. */
    EnvironmentPreview foresee(PredictionEnvironment environment) {
        return new EnvironmentForesight(plans).of(environment);
    }

    /** How far the newest edition of an environment has come; empty while not all that stands is seen. */
    Optional<RolloutPlan> rollout(String environment) {
        return watches.areFilled() ? watches.rollouts().plan(environment) : Optional.empty();
    }

    /** What applying an endpoint would change; what status says of it is what is known, not what the caller sent. */
    Preview foresee(SecurePredictionEndpoint endpoint) {
        endpoint.setStatus(watches.endpoints()
                .get(new ResourceID(
                        endpoint.getMetadata().getName(), endpoint.getMetadata().getNamespace()))
                .map(SecurePredictionEndpoint::getStatus)
                .orElse(null));
        return foresight.of(endpoint);
    }

    /** What promotions of an endpoint rest on; empty when the environment has no such endpoint. */
    Optional<EndpointInputs> find(String environment, String namespace, String name) {
        return watches.endpoints()
                .get(new ResourceID(name, namespace))
                .filter(endpoint -> endpoint.getSpec().environmentRef().name().equals(environment))
                .map(plans::inputs);
    }
}
