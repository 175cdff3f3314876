package dev.secureprediction.operator.it;

import static org.awaitility.Awaitility.await;

import dev.secureprediction.operator.api.Yaml;
import dev.secureprediction.operator.api.v1alpha1.ConditionType;
import dev.secureprediction.operator.api.v1alpha1.Conditions;
import dev.secureprediction.operator.api.v1alpha1.SecurePredictionEndpoint;
import dev.secureprediction.operator.api.v1alpha1.status.GatewayStatus;
import dev.secureprediction.sandbox.cluster.ControlPlane;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Samples as their pages say they are applied, in a sandbox: only addresses are the sandbox's. */
record AppliedSamples(Platform platform) {

    static final Path SAMPLES = Yaml.ROOT.resolve("samples");

    private static final String LOCATIONS = "    locations: [europe-west4]\n";

    void apply(String... files) {
        for (var file : files) {
            apply(file, UnaryOperator.identity());
        }
    }

    /** The same with further addresses put in. */
    void apply(String file, UnaryOperator<String> addresses) {
        try {
            applyText(addresses.apply(Files.readString(SAMPLES.resolve(file))));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void applyText(String yaml) {
        var sandbox = platform.sandbox();
        platform.apply(yaml.replaceAll(
                        "https://acme\\.okta\\.com/oauth2/\\w+",
                        sandbox.issuer().url())
                .replaceAll("https://container\\.googleapis\\.com/\\S+", ControlPlane.ISSUER)
                .replace(
                        LOCATIONS,
                        LOCATIONS
                                + "    apiEndpoints: {aiplatform: \"%1$s\", iam: \"%1$s\", resourcemanager: \"%1$s\", sts: \"%1$s\", iamcredentials: \"%1$s\", modelarmor: \"%1$s\"}\n"
                                        .formatted(sandbox.cloud().authority())));
    }

    Caller callerOnceReady(String namespace, String name) {
        await().atMost(Platform.LONG).until(() -> isReady(namespace, name));
        GatewayStatus gateway = Objects.requireNonNull(
                endpoint(namespace, name).orElseThrow().getStatus().gateway());
        var address = platform.sandbox()
                .node()
                .serviceAddress(String.valueOf(gateway.namespace()), String.valueOf(gateway.name()), "");
        return new Caller(address, String.valueOf(gateway.certificateAuthority()));
    }

    Optional<SecurePredictionEndpoint> endpoint(String namespace, String name) {
        return Optional.ofNullable(platform.client()
                .resources(SecurePredictionEndpoint.class)
                .inNamespace(namespace)
                .withName(name)
                .get());
    }

    void remove(String namespace, String name) {
        endpoint(namespace, name)
                .ifPresent(found -> platform.client().resource(found).delete());
        await().atMost(Platform.LONG).until(() -> endpoint(namespace, name).isEmpty());
    }

    private boolean isReady(String namespace, String name) {
        return endpoint(namespace, name)
                .filter(found -> found.getStatus() != null)
                .filter(found -> Conditions.isTrue(found.getStatus().conditions(), ConditionType.Ready))
                .isPresent();
    }
}
