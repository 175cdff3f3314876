package dev.secureprediction.operator.plan;

import dev.secureprediction.operator.api.v1alpha1.Defaults;
import dev.secureprediction.operator.api.v1alpha1.endpoint.Exposure;
import dev.secureprediction.operator.api.v1alpha1.endpoint.Placement;
import dev.secureprediction.operator.api.v1alpha1.endpoint.PlacementGateway;
import dev.secureprediction.operator.api.v1alpha1.environment.FederationIdentity;
import dev.secureprediction.operator.api.v1alpha1.environment.GatewaySettings;
import dev.secureprediction.operator.api.v1alpha1.environment.LocalName;
import dev.secureprediction.operator.api.v1alpha1.environment.PodTemplate;
import dev.secureprediction.operator.api.v1alpha1.environment.PredictionEnvironmentSpec;
import dev.secureprediction.operator.api.v1alpha1.environment.RedisStore;
import dev.secureprediction.operator.api.v1alpha1.environment.Toleration;
import dev.secureprediction.operator.plan.EffectiveValue.Origin;
import dev.secureprediction.operator.resolve.Installation;
import dev.secureprediction.operator.resolve.Resolution;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import io.fabric8.kubernetes.api.model.TolerationBuilder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What should exist in the cluster. */
final class GatewayPlanner {

    /** Of a gateway whose placement names none. */
    private static final Map<String, Quantity> DEFAULT_REQUESTS =
            Map.of("cpu", new Quantity("100m"), "memory", new Quantity("192Mi"));

    private static final Map<String, Quantity> DEFAULT_LIMITS = Map.of("memory", new Quantity("512Mi"));

    /** How much later than the gateway itself a Gateway before it gives a call up. */
    private static final Duration ANSWER_OF_OUR_OWN = Duration.ofSeconds(10);

    private final Resolution.Resolved resolved;
    private final EndpointKey key;
    private final Names names;
    private final PredictionEnvironmentSpec environment;
    private final Placement placement;
    private final EffectiveValues effective;

    GatewayPlanner(Resolution.Resolved resolved, EndpointKey key, Names names, EffectiveValues effective) {
        this.resolved = resolved;
        this.key = key;
        this.names = names;
        this.environment = resolved.environment().getSpec();
        this.placement = resolved.inputs().endpoint().getSpec().placementOrDefault();
        this.effective = effective;
    }

    DesiredGateway plan(String accountEmail) {
        GatewaySettings settings = environment.gatewayOrDefault();
        Installation installation = resolved.inputs().installation();
        PlacementGateway size = placement.gatewayOrDefault();
        int min = effective.atLeast(
                "placement.gateway.minReplicas",
                size.minReplicas(),
                environment.requireOrDefault().gatewayMinReplicas(),
                Defaults.GATEWAY_MIN_REPLICAS);
        int max = effective.atLeast("placement.gateway.maxReplicas", size.maxReplicas(), min, min);
        String image = effective.choose(
                "gateway.image", null, Optional.ofNullable(settings.image()), installation.gatewayImage());
        List<String> allowFrom = placement.allowFrom().isEmpty()
                ? effective.note("placement.allowFrom", List.of(key.namespace()), Origin.Default)
                : effective.note("placement.allowFrom", sorted(placement.allowFrom()), Origin.Endpoint);
        return new DesiredGateway(
                names.gateway(),
                environment.gatewayNamespace(),
                key,
                resolved.environment().getMetadata().getName(),
                installation.id(),
                image,
                min,
                max,
                resources(size.resources()),
                tls(),
                allowFrom,
                settings.egressCIDRs(),
                identity(accountEmail),
                pod(settings.podTemplateOrDefault()),
                Optional.ofNullable(placement.exposureOrDefault().hostname()),
                route(),
                Optional.ofNullable(settings.store())
                        .flatMap(store -> Optional.ofNullable(store.redis()))
                        .map(RedisStore::secretName),
                installation.telemetry());
    }

    /** Where callers reach it: the public name, else the Service's. */
    String url() {
        Exposure exposure = placement.exposureOrDefault();
        String host = exposure.hostname() == null ? serviceName() + ".svc" : exposure.hostname();
        return (exposure.plaintextOrDefault() ? "http://" : "https://") + host;
    }

    private String serviceName() {
        return names.gateway() + "." + environment.gatewayNamespace();
    }

    private Tls tls() {
        Exposure exposure = placement.exposureOrDefault();
        if (exposure.plaintextOrDefault()) {
            return new Tls.Plaintext();
        }
        if (exposure.tlsSecretName() != null) {
            return new Tls.Provided(exposure.tlsSecretName());
        }
        List<String> dnsNames = new ArrayList<>();
        Optional.ofNullable(exposure.hostname()).ifPresent(dnsNames::add);
        dnsNames.add(serviceName() + ".svc");
        dnsNames.add(serviceName() + ".svc.cluster.local");
        dnsNames.add(serviceName());
        return new Tls.Made(dnsNames);
    }

    private Optional<DesiredRoute> route() {
        Exposure exposure = placement.exposureOrDefault();
        if (exposure.parentRef() == null || exposure.hostname() == null) {
            return Optional.empty();
        }
        int total = resolved.inputs()
                .endpoint()
                .getSpec()
                .contract()
                .timeoutsOrDefault()
                .totalMillisecondsOrDefault();
        return Optional.of(new DesiredRoute(
                exposure.hostname(),
                exposure.parentRef().namespace(),
                exposure.parentRef().name(),
                Optional.ofNullable(exposure.parentRef().sectionName()),
                Duration.ofMillis(total).plus(ANSWER_OF_OUR_OWN)));
    }

    private WorkloadIdentity identity(String accountEmail) {
        FederationIdentity federation = environment.google().workloadIdentity().federation();
        return federation == null
                ? new WorkloadIdentity.Gke(accountEmail)
                : new WorkloadIdentity.Federation(
                        "https:" + new GoogleAddresses(environment.google()).providerAudience(federation));
    }

    private static ResourceRequirements resources(
            dev.secureprediction.operator.api.v1alpha1.endpoint.@Nullable ResourceRequirements asked) {
        Map<String, Quantity> requests = new TreeMap<>(DEFAULT_REQUESTS);
        Map<String, Quantity> limits = new TreeMap<>(DEFAULT_LIMITS);
        if (asked != null) {
            asked.requests().forEach((name, amount) -> requests.put(name, new Quantity(amount)));
            asked.limits().forEach((name, amount) -> limits.put(name, new Quantity(amount)));
        }
        return new ResourceRequirements(List.of(), limits, requests);
    }

    private static PodSettings pod(PodTemplate template) {
        return new PodSettings(
                template.nodeSelector(),
                template.tolerations().stream().map(GatewayPlanner::toleration).toList(),
                template.annotations(),
                template.imagePullSecrets().stream().map(LocalName::name).toList());
    }

    private static io.fabric8.kubernetes.api.model.Toleration toleration(Toleration taint) {
        return new TolerationBuilder()
                .withKey(taint.key())
                .withOperator(taint.operator())
                .withValue(taint.value())
                .withEffect(taint.effect())
                .withTolerationSeconds(taint.tolerationSeconds())
                .build();
    }

    private static List<String> sorted(List<String> names) {
        return names.stream().distinct().sorted().toList();
    }
}
