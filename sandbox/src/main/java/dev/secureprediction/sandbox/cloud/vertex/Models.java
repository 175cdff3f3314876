package dev.secureprediction.sandbox.cloud.vertex;

import com.google.cloud.aiplatform.v1.Model;
import dev.secureprediction.sandbox.cloud.error.GoogleErrors;
import dev.secureprediction.sandbox.cloud.iam.Projects;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/** The Model Registry: models and their versions, each version with labels of its own. */
public final class Models {
    private final Projects projects;
    private final Map<String, TreeMap<Integer, Model>> versions = new ConcurrentHashMap<>();

    public Models(Projects projects) {
        this.projects = projects;
    }

    /**
     * Registers a version of a model.
     *
     * @param parent `projects/P/locations/L`
     */
    public synchronized Model register(
            String parent, String id, int version, String displayName, Map<String, String> labels) {
        String name = projects.withNumber(parent) + "/models/" + id;
        Model model = Model.newBuilder()
                .setName(name)
                .setVersionId(Integer.toString(version))
                .setDisplayName(displayName)
                .putAllLabels(labels)
                .addSupportedDeploymentResourcesTypes(Model.DeploymentResourcesType.DEDICATED_RESOURCES)
                .build();
        versions.computeIfAbsent(name, n -> new TreeMap<>()).put(version, model);
        return model;
    }

    /** A version of a model by `…/models/M@VERSION`; without a version, or as `@default`, the newest. */
    public synchronized Model get(String name) {
        int at = name.indexOf('@');
        String model = projects.withNumber(at < 0 ? name : name.substring(0, at));
        String version = at < 0 ? "default" : name.substring(at + 1);
        TreeMap<Integer, Model> known = versions.getOrDefault(model, new TreeMap<>());
        if (!known.isEmpty() && version.equals("default")) {
            return known.lastEntry().getValue();
        }
        return known.values().stream()
                .filter(candidate -> candidate.getVersionId().equals(version))
                .findFirst()
                .orElseThrow(() -> GoogleErrors.notFound("The Model " + name + " is not found."));
    }

    /** Every version of a model, oldest first. */
    public synchronized List<Model> versions(String name) {
        return List.copyOf(versions.getOrDefault(projects.withNumber(name), new TreeMap<>())
                .values());
    }

    /** The newest version of each model of a location. */
    public synchronized List<Model> list(String parent) {
        String prefix = projects.withNumber(parent) + "/models/";
        return versions.entrySet().stream()
                .filter(entry -> entry.getKey().startsWith(prefix))
                .map(entry -> entry.getValue().lastEntry().getValue())
                .toList();
    }
}
