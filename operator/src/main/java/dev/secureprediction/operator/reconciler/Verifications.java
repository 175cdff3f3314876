package dev.secureprediction.operator.reconciler;

import dev.secureprediction.operator.api.v1alpha1.PredictionVerification;
import dev.secureprediction.operator.api.v1alpha1.SecurePredictionEndpoint;
import dev.secureprediction.operator.api.v1alpha1.status.EndpointStatus;
import dev.secureprediction.operator.apply.GatewayObjects;
import dev.secureprediction.operator.apply.GatewayPods;
import dev.secureprediction.operator.apply.SigningKeyStore;
import dev.secureprediction.operator.apply.VerificationRecords;
import dev.secureprediction.operator.plan.DesiredGateway;
import dev.secureprediction.operator.plan.EndpointPlan;
import dev.secureprediction.operator.plan.InForce;
import dev.secureprediction.operator.probe.GatewayPod;
import dev.secureprediction.operator.probe.GatewayTraffic;
import dev.secureprediction.operator.promotion.Pruning;
import dev.secureprediction.operator.promotion.Records;
import dev.secureprediction.operator.promotion.SignedRecord;
import dev.secureprediction.operator.promotion.TrustedKeys;
import dev.secureprediction.operator.promotion.Verdict;
import dev.secureprediction.operator.promotion.Verification;
import dev.secureprediction.operator.render.GatewayPorts;
import dev.secureprediction.operator.render.Labels;
import dev.secureprediction.operator.render.VerificationObject;
import dev.secureprediction.operator.status.ProbeResult;
import dev.secureprediction.operator.status.StatusEvent;
import dev.secureprediction.operator.status.VerificationIssue;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Signs the records that endpoints have earned, and takes away those that nobody needs. What fails is tried again next time. */
record Verifications(
        VerificationRecords records,
        SigningKeyStore keys,
        GatewayObjects objects,
        GatewayPods pods,
        GatewayTraffic traffic,
        KubernetesClient client,
        EventRecorder events) {

    private static final Logger LOG = LoggerFactory.getLogger(Verifications.class);

    void issue(SecurePredictionEndpoint endpoint, EndpointPlan plan, EndpointStatus status, ProbeResult probe) {
        if (!(plan instanceof EndpointPlan.Wanted wanted)) {
            return;
        }
        try {
            VerificationIssue.due(plan, status, probe, known(plan)).ifPresent(due -> {
                DesiredGateway gateway = wanted.state().gateway();
                Verification said = seen(endpoint, gateway).map(due::with).orElse(due);
                records.create(VerificationObject.of(gateway, said, Records.sign(said, keys.signer())), client);
                events.record(
                        endpoint,
                        StatusEvent.normal(
                                "ContractVerified",
                                "contract " + said.contractDigest() + " soaked for "
                                        + said.soak().toSeconds() + " s in " + said.environment()));
                prune(gateway, plan);
            });
        } catch (KubernetesClientException e) {
            LOG.warn("a record could not be written, tried again: {}", e.getMessage());
        }
    }

    /** What the gateways that run now have seen; a part of it may be older than the soak. */
    private Optional<Verification.Traffic> seen(SecurePredictionEndpoint endpoint, DesiredGateway gateway) {
        List<GatewayPod> running = objects.deployment(endpoint, gateway.name()).stream()
                .flatMap(deployment -> pods.of(endpoint, deployment).stream())
                .flatMap(pod -> GatewayPod.of(pod, GatewayPorts.PUBLIC_NAME, GatewayPorts.ADMIN_NAME).stream())
                .filter(GatewayPod::ready)
                .toList();
        return traffic.of(running).map(calls -> new Verification.Traffic(calls.all(), calls.failed()));
    }

    private List<Verification> known(EndpointPlan plan) {
        Instant now = plan.inputs().promotion().now();
        return VerificationIssue.subject(plan.inputs()).stream()
                .flatMap(subject -> records.about(subject.application()).stream()
                        .filter(signed -> Records.claimed(signed)
                                .filter(subject::isClaimedBy)
                                .isPresent())
                        .flatMap(signed -> trusted(signed, now)))
                .toList();
    }

    private Stream<Verification> trusted(SignedRecord signed, Instant now) {
        TrustedKeys own = keys.trusted();
        return Records.judge(signed, own, now) instanceof Verdict.Trusted found
                ? Stream.of(found.said())
                : Stream.empty();
    }

    /** Only what was issued for this endpoint; what somebody else applied is theirs. */
    private void prune(DesiredGateway gateway, EndpointPlan plan) {
        List<Pruning.Named> own = records.in(gateway.namespace()).stream()
                .filter(record -> Labels.endpoint(record)
                        .filter(gateway.endpoint()::equals)
                        .isPresent())
                .flatMap(record -> Records.claimed(VerificationRecords.signed(record))
                        .map(said -> new Pruning.Named(record.getMetadata().getName(), said))
                        .stream())
                .toList();
        Pruning.superfluous(
                        own,
                        InForce.referenced(plan.inputs()),
                        plan.inputs().promotion().now())
                .forEach(name -> client.resources(PredictionVerification.class)
                        .inNamespace(gateway.namespace())
                        .withName(name)
                        .delete());
    }
}
