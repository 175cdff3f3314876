package dev.secureprediction.sandbox.node.volume;

import io.fabric8.kubernetes.api.model.DownwardAPIVolumeFile;
import io.fabric8.kubernetes.api.model.KeyToPath;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.ProjectedVolumeSource;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeProjection;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What the files of a volume should hold now, read from the API server. */
final class VolumeSources {

    private static final int DEFAULT_MODE = 0644;

    private final KubernetesClient client;
    private final PodTokens tokens;

    VolumeSources(KubernetesClient client, PodTokens tokens) {
        this.client = client;
        this.tokens = tokens;
    }

    /** Path to content. */
    Map<String, FileContent> files(Volume volume, PodFields fields) throws MountException {
        if (volume.getConfigMap() != null) {
            var source = volume.getConfigMap();
            var name = new SourceName("ConfigMap", source.getName(), source.getOptional());
            return select(name, configMap(fields.pod(), name), source.getItems(), source.getDefaultMode());
        }
        if (volume.getSecret() != null) {
            var source = volume.getSecret();
            var name = new SourceName("Secret", source.getSecretName(), source.getOptional());
            return select(name, secret(fields.pod(), name), source.getItems(), source.getDefaultMode());
        }
        if (volume.getDownwardAPI() != null) {
            return downward(
                    fields,
                    volume.getDownwardAPI().getItems(),
                    volume.getDownwardAPI().getDefaultMode());
        }
        if (volume.getProjected() != null) {
            return projected(volume.getProjected(), fields);
        }
        throw new MountException(
                "volume " + volume.getName()
                        + " is of a kind the sandbox's node does not have: use configMap, secret, projected, downwardAPI or emptyDir");
    }

    private Map<String, FileContent> projected(ProjectedVolumeSource volume, PodFields fields) throws MountException {
        Map<String, FileContent> files = new HashMap<>();
        for (var source : volume.getSources()) {
            files.putAll(projection(source, volume.getDefaultMode(), fields));
        }
        return files;
    }

    private Map<String, FileContent> projection(
            VolumeProjection source, @Nullable Integer defaultMode, PodFields fields) throws MountException {
        if (source.getConfigMap() != null) {
            var map = source.getConfigMap();
            var name = new SourceName("ConfigMap", map.getName(), map.getOptional());
            return select(name, configMap(fields.pod(), name), map.getItems(), defaultMode);
        }
        if (source.getSecret() != null) {
            var secret = source.getSecret();
            var name = new SourceName("Secret", secret.getName(), secret.getOptional());
            return select(name, secret(fields.pod(), name), secret.getItems(), defaultMode);
        }
        if (source.getDownwardAPI() != null) {
            return downward(fields, source.getDownwardAPI().getItems(), defaultMode);
        }
        if (source.getServiceAccountToken() != null) {
            var projection = source.getServiceAccountToken();
            var token = tokens.token(fields.pod(), projection).getBytes(StandardCharsets.UTF_8);
            return Map.of(projection.getPath(), new FileContent(token, 0600));
        }
        throw new MountException("a projected source is of a kind the sandbox's node does not have: "
                + "use serviceAccountToken, configMap, secret or downwardAPI");
    }

    private Optional<Map<String, byte[]>> configMap(Pod pod, SourceName name) {
        return Optional.ofNullable(client.configMaps()
                        .inNamespace(pod.getMetadata().getNamespace())
                        .withName(name.name())
                        .get())
                .map(found -> {
                    Map<String, byte[]> data = new HashMap<>();
                    found.getData().forEach((key, value) -> data.put(key, value.getBytes(StandardCharsets.UTF_8)));
                    found.getBinaryData()
                            .forEach((key, value) ->
                                    data.put(key, Base64.getDecoder().decode(value)));
                    return data;
                });
    }

    private Optional<Map<String, byte[]>> secret(Pod pod, SourceName name) {
        return Optional.ofNullable(client.secrets()
                        .inNamespace(pod.getMetadata().getNamespace())
                        .withName(name.name())
                        .get())
                .map(found -> {
                    Map<String, byte[]> data = new HashMap<>();
                    found.getData()
                            .forEach((key, value) ->
                                    data.put(key, Base64.getDecoder().decode(value)));
                    return data;
                });
    }

    private static Map<String, FileContent> select(
            SourceName source,
            Optional<Map<String, byte[]>> found,
            @Nullable List<KeyToPath> items,
            @Nullable Integer defaultMode)
            throws MountException {
        if (found.isEmpty() && !source.mayBeAbsent()) {
            throw new MountException(source.kind() + " " + source.name() + " not found");
        }
        var data = found.orElse(Map.of());
        var mode = defaultMode == null ? DEFAULT_MODE : defaultMode;
        Map<String, FileContent> files = new HashMap<>();
        if (items == null || items.isEmpty()) {
            data.forEach((key, value) -> files.put(key, new FileContent(value, mode)));
            return files;
        }
        for (var item : items) {
            var value = data.get(item.getKey());
            if (value != null) {
                files.put(item.getPath(), new FileContent(value, item.getMode() == null ? mode : item.getMode()));
            } else if (!source.mayBeAbsent()) {
                throw new MountException(source.kind() + " " + source.name() + " has no key " + item.getKey());
            }
        }
        return files;
    }

    private static Map<String, FileContent> downward(
            PodFields fields, List<DownwardAPIVolumeFile> items, @Nullable Integer defaultMode) throws MountException {
        Map<String, FileContent> files = new HashMap<>();
        for (var item : items) {
            if (item.getFieldRef() == null) {
                throw new MountException("downwardAPI file " + item.getPath() + " must be a fieldRef on this node");
            }
            var path = item.getFieldRef().getFieldPath();
            var value = fields.field(path)
                    .orElseThrow(() -> new MountException("downwardAPI field " + path + " is not known to this node"));
            files.put(
                    item.getPath(),
                    new FileContent(
                            value.getBytes(StandardCharsets.UTF_8), defaultMode == null ? DEFAULT_MODE : defaultMode));
        }
        return files;
    }

    private record SourceName(
            String kind, String name, @Nullable Boolean optional) {

        boolean mayBeAbsent() {
            return Boolean.TRUE.equals(optional);
        }
    }
}
