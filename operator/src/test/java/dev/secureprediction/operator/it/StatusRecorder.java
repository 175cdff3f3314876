package dev.secureprediction.operator.it;

import dev.secureprediction.operator.api.v1alpha1.PredictionEnvironment;
import dev.secureprediction.operator.api.v1alpha1.PredictionVerification;
import dev.secureprediction.operator.api.v1alpha1.SecurePredictionEndpoint;
import dev.secureprediction.sandbox.Sandbox;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Writes down resources as they are seen in integration tests, one for each state it has not seen yet: {@code
 * -Dstatuses.record=FOLDER}. The objects that Argo CD's scripts are tested with were taken this way.
 */
final class StatusRecorder {

    private static final String PROPERTY = "statuses.record";
    private static final KubernetesSerialization YAML = new KubernetesSerialization();
    /** Conditions that tell one state from another, when they are so. */
    private static final Map<String, String> TELLING = Map.of(
            "Stalled", "True",
            "Paused", "True",
            "Reconciling", "True",
            "Ready", "True",
            "Available", "False",
            "Consistent", "False",
            "Drifted", "True");

    private final Path folder;
    private final Set<String> seen = ConcurrentHashMap.newKeySet();

    private StatusRecorder(Path folder) {
        this.folder = folder;
    }

    static void start(Sandbox sandbox) {
        var folder = System.getProperty(PROPERTY, "");
        if (folder.isEmpty()) {
            return;
        }
        var recorder = new StatusRecorder(Path.of(folder));
        List.of(SecurePredictionEndpoint.class, PredictionEnvironment.class, PredictionVerification.class)
                .forEach(kind -> recorder.watch(sandbox, kind));
    }

    private void watch(Sandbox sandbox, Class<? extends CustomResource<?, ?>> kind) {
        sandbox.client()
                .genericKubernetesResources(HasMetadata.getApiVersion(kind), HasMetadata.getKind(kind))
                .inAnyNamespace()
                .inform(new ResourceEventHandler<GenericKubernetesResource>() {
                    @Override
                    public void onAdd(GenericKubernetesResource object) {
                        write(object);
                    }

                    @Override
                    public void onUpdate(GenericKubernetesResource before, GenericKubernetesResource object) {
                        write(object);
                    }

                    @Override
                    public void onDelete(GenericKubernetesResource object, boolean unknown) {}
                });
    }

    private void write(GenericKubernetesResource object) {
        var state = state(object);
        if (!seen.add(state)) {
            return;
        }
        object.getMetadata().setManagedFields(List.of());
        try {
            Files.createDirectories(folder);
            Files.writeString(folder.resolve(state + ".yaml"), YAML.asYaml(object));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String state(GenericKubernetesResource object) {
        var state = new StringBuilder(object.getKind().replaceAll(".*(?=[A-Z])", ""));
        Object observed = object.get("status", "observedGeneration");
        if (!String.valueOf(object.getMetadata().getGeneration()).equals(String.valueOf(observed))) {
            state.append("-older");
        }
        if (object.isMarkedForDeletion()) {
            state.append("-going");
        }
        List<Map<String, Object>> conditions = object.get("status", "conditions");
        for (var condition : conditions == null ? List.<Map<String, Object>>of() : conditions) {
            var type = String.valueOf(condition.get("type"));
            if (Objects.equals(condition.get("status"), TELLING.get(type))) {
                state.append('-').append(type).append('-').append(condition.get("reason"));
            }
        }
        Object valid = object.get("status", "valid");
        if (valid != null) {
            state.append('-').append(valid);
        }
        return state.toString().toLowerCase(Locale.ROOT);
    }
}
