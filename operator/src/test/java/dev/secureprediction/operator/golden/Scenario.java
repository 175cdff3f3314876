package dev.secureprediction.operator.golden;

import dev.secureprediction.operator.api.v1alpha1.PredictionEnvironment;
import dev.secureprediction.operator.api.v1alpha1.SecurePredictionEndpoint;
import dev.secureprediction.operator.plan.EndpointPlan;
import dev.secureprediction.operator.resolve.ClusterIssuer;
import dev.secureprediction.operator.resolve.EndpointInputs;
import dev.secureprediction.operator.resolve.EnvironmentInputs;
import dev.secureprediction.operator.resolve.Installation;
import dev.secureprediction.operator.resolve.Telemetry;
import dev.secureprediction.operator.status.Observed;
import io.fabric8.kubernetes.api.model.Namespace;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * One folder. What it does not bring itself comes from the folder {@code _base}, so that a scenario shows only what it
 * is about. An endpoint's status before is part of its own file.
 */
final class Scenario {

    private static final String BASE = "_base";
    private static final String WANTED_DIGEST = "${policyDigest}";

    static final Installation INSTALLATION = new Installation(
            "acme", "secure-prediction-system", "registry.example.com/spe-gateway:0.1.0", "svc", Telemetry.NONE);

    private final Path folder;
    private final Set<String> used = new TreeSet<>();

    Scenario(Path folder) {
        this.folder = folder;
    }

    static List<Path> folders(Path root) {
        try (Stream<Path> folders = Files.list(root)) {
            return folders.filter(Files::isDirectory)
                    .filter(folder -> !folder.getFileName().toString().equals(BASE))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Files of the folder whose name begins so. */
    List<String> files(String prefix) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(file -> file.startsWith(prefix))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Files of the folder that no output needed. */
    List<String> unused() {
        return files("in-").stream().filter(file -> !used.contains(file)).toList();
    }

    Path file(String name) {
        return folder.resolve(name);
    }

    SecurePredictionEndpoint endpoint() {
        return one("in-endpoint.yaml", SecurePredictionEndpoint.class);
    }

    /** The environment that the scenario is about, where it is about one: the last of them. */
    PredictionEnvironment environment() {
        return environments().getLast();
    }

    List<PredictionEnvironment> environments() {
        return all("in-environments.yaml", PredictionEnvironment.class);
    }

    private Installation installation() {
        return optional("in-telemetry.yaml", Telemetry.class)
                .map(telemetry -> new Installation(
                        INSTALLATION.id(),
                        INSTALLATION.operatorNamespace(),
                        INSTALLATION.gatewayImage(),
                        INSTALLATION.clusterDomain(),
                        telemetry))
                .orElse(INSTALLATION);
    }

    EndpointInputs inputs() {
        return EndpointInputs.gather(endpoint(), cluster(), installation());
    }

    EnvironmentInputs environmentInputs() {
        return EnvironmentInputs.gather(environment(), cluster(), installation());
    }

    EndpointPlan plan() {
        return EndpointPlan.of(inputs());
    }

    /** What was seen; `${policyDigest}` in the file stands for the policy that is wanted. */
    Observed observed() {
        String yaml = text("in-observed.yaml");
        String digest =
                plan() instanceof EndpointPlan.Wanted wanted ? wanted.state().policyDigest() : "sha256:none";
        return Yaml.readAll(yaml.replace(WANTED_DIGEST, digest), Observed.class).getFirst();
    }

    <T> Optional<T> optional(String file, Class<T> type) {
        return Files.exists(folder.resolve(file)) ? Optional.of(one(file, type)) : Optional.empty();
    }

    private FixedCluster cluster() {
        return new FixedCluster(
                environments(),
                all("in-namespaces.yaml", Namespace.class),
                Files.exists(folder.resolve("in-others.yaml"))
                        ? all("in-others.yaml", SecurePredictionEndpoint.class)
                        : List.of(),
                optional("in-cluster-issuer.yaml", ClusterIssuer.class),
                Files.exists(folder.resolve("in-promotion.yaml"))
                        ? one("in-promotion.yaml", FixedPromotion.class)
                        : FixedPromotion.NOTHING);
    }

    private <T> T one(String file, Class<T> type) {
        return all(file, type).getFirst();
    }

    private <T> List<T> all(String file, Class<T> type) {
        return Yaml.readAll(text(file), type);
    }

    private String text(String file) {
        Path own = folder.resolve(file);
        used.add(file);
        Path source = Files.exists(own) ? own : folder.resolveSibling(BASE).resolve(file);
        try {
            return Files.readString(source);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
