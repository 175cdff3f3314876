package dev.secureprediction.operator.render;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.secureprediction.operator.resolve.Edition;
import io.fabric8.kubernetes.api.model.apps.ControllerRevision;
import io.fabric8.kubernetes.api.model.apps.ControllerRevisionBuilder;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/** An edition of an environment, kept in its gateway namespace while an endpoint runs by it; Kubernetes keeps it from being changed. */
public final class EnvironmentEdition {

    private static final String DATA = "environment";
    private static final String ALGORITHM = "sha256:";
    private static final int HASH = 16;
    private static final ObjectMapper JSON = new ObjectMapper();

    private EnvironmentEdition() {}

    /**
     * The object.
     *
     * @param number grows with every edition
     */
    public static ControllerRevision of(
            String installationId, String namespace, String environment, Edition edition, long number) {
        return new ControllerRevisionBuilder()
                .withNewMetadata()
                .withName(name(environment, edition.revision()))
                .withNamespace(namespace)
                .withLabels(new TreeMap<>(Map.of(
                        Labels.NAME,
                        Labels.GATEWAY,
                        Labels.MANAGED_BY,
                        Labels.OPERATOR,
                        Labels.INSTALLATION,
                        installationId,
                        Labels.ENVIRONMENT,
                        environment)))
                .endMetadata()
                .withRevision(number)
                .withData(new TreeMap<>(Map.of(DATA, edition.text())))
                .build();
    }

    public static String name(String environment, String revision) {
        String hash = revision.startsWith(ALGORITHM) ? revision.substring(ALGORITHM.length()) : revision;
        return prefix(environment) + hash.substring(0, Math.min(HASH, hash.length()));
    }

    /** What the names of all its editions begin with, and perhaps those of another environment's, see {@link #isOf}. */
    public static String prefix(String environment) {
        return "environment-" + environment + "-";
    }

    /** Whether it is one, of this environment. */
    public static boolean isOf(String environment, ControllerRevision revision) {
        var labels = Objects.requireNonNullElse(revision.getMetadata().getLabels(), Map.<String, String>of());
        return environment.equals(labels.get(Labels.ENVIRONMENT))
                && Labels.endpoint(revision).isEmpty();
    }

    /** Reads what {@link #of} made; empty when it is not that. */
    public static Optional<Edition> read(ControllerRevision revision) {
        JsonNode data = JSON.valueToTree(revision.getData());
        return Optional.ofNullable(data.path(DATA).textValue()).flatMap(Edition::read);
    }
}
