package dev.secureprediction.operator.apply;

import dev.secureprediction.operator.render.EnvironmentEdition;
import dev.secureprediction.operator.render.Labels;
import dev.secureprediction.operator.resolve.Edition;
import io.fabric8.kubernetes.api.model.apps.ControllerRevision;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** The editions of environments that endpoints run by. */
public final class Editions {

    /** How many are kept of each environment, beside those that endpoints run by. */
    private static final int KEPT = 10;

    private final GatewayObjects objects;
    private final KubernetesClient client;
    private final String installationId;

    public Editions(GatewayObjects objects, KubernetesClient client, String installationId) {
        this.objects = objects;
        this.client = client;
        this.installationId = installationId;
    }

    /** An edition by its revision; empty when somebody removed it. */
    public Optional<Edition> find(String namespace, String environment, String revision) {
        var name = EnvironmentEdition.name(environment, revision);
        return objects.revision(namespace, name)
                .or(() -> Optional.ofNullable(client.resources(ControllerRevision.class)
                        .inNamespace(namespace)
                        .withName(name)
                        .get()))
                .flatMap(EnvironmentEdition::read)
                .filter(found -> found.revision().equals(revision));
    }

    /**
     * Keeps one, before anything rests on it, and lets go of those that nothing rests on any more.
     *
     * @param inUse revisions that endpoints run by
     */
    public void keep(String namespace, String environment, Edition edition, Supplier<Set<String>> inUse) {
        if (objects.revision(namespace, EnvironmentEdition.name(environment, edition.revision()))
                .isPresent()) {
            return;
        }
        List<ControllerRevision> known = newestFirst(namespace, environment);
        long last = known.stream()
                .map(ControllerRevision::getRevision)
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(0L);
        try {
            client.resource(EnvironmentEdition.of(installationId, namespace, environment, edition, last + 1))
                    .create();
        } catch (KubernetesClientException e) {
            if (e.getCode() != HttpURLConnection.HTTP_CONFLICT) { // another endpoint was quicker
                throw e;
            }
            return;
        }
        var referenced = inUse.get();
        known.stream()
                .skip(KEPT)
                .filter(old -> EnvironmentEdition.read(old)
                        .filter(read -> referenced.contains(read.revision()))
                        .isEmpty())
                .forEach(old -> client.resource(old).delete());
    }

    private List<ControllerRevision> newestFirst(String namespace, String environment) {
        return objects.editions(namespace, environment).stream()
                .sorted(Comparator.comparing(
                                ControllerRevision::getRevision, Comparator.nullsFirst(Comparator.naturalOrder()))
                        .reversed())
                .toList();
    }

    /** Takes away those of an environment that goes; where nobody may do so any more, they hold it not. */
    public static void remove(KubernetesClient client, String namespace, String environment) {
        try {
            client
                    .resources(ControllerRevision.class)
                    .inNamespace(namespace)
                    .withLabel(Labels.ENVIRONMENT, environment)
                    .list()
                    .getItems()
                    .stream()
                    .filter(revision -> EnvironmentEdition.isOf(environment, revision))
                    .forEach(revision -> client.resource(revision).delete());
        } catch (KubernetesClientException e) {
            if (e.getCode() != HttpURLConnection.HTTP_FORBIDDEN && e.getCode() != HttpURLConnection.HTTP_NOT_FOUND) {
                throw e;
            }
        }
    }
}
