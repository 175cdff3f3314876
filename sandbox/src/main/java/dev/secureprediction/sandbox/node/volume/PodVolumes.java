package dev.secureprediction.sandbox.node.volume;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The volumes of one pod, in its folder. Not for use by several threads at once. */
public final class PodVolumes {

    private final Path folder;
    private final VolumeSources sources;
    private final Map<String, AtomicFolder> written = new HashMap<>();

    /**
     * Volumes that are not filled yet.
     *
     * @param folder holds a folder per volume
     * @param tokenRefreshAfter which part of a token's life passes before the next is asked for, 0 to 1
     */
    public PodVolumes(Path folder, KubernetesClient client, double tokenRefreshAfter) {
        this.folder = folder;
        this.sources = new VolumeSources(client, new PodTokens(client, tokenRefreshAfter));
    }

    /** Makes the files what they should be now; says whether anything changed. */
    public boolean sync(PodFields fields) throws MountException {
        var changed = false;
        for (var volume : fields.pod().getSpec().getVolumes()) {
            changed |= sync(volume, fields);
        }
        return changed;
    }

    private boolean sync(Volume volume, PodFields fields) throws MountException {
        var path = folder.resolve(volume.getName());
        try {
            if (volume.getEmptyDir() != null) {
                Files.createDirectories(path);
                return false;
            }
            var files = sources.files(volume, fields);
            return written.computeIfAbsent(volume.getName(), name -> new AtomicFolder(path))
                    .write(files);
        } catch (KubernetesClientException | IOException e) {
            throw new MountException("volume " + volume.getName() + ": " + e.getMessage(), e);
        }
    }

    /** Where each mountPath of a container really is. */
    public Map<String, Path> mounts(Container container) {
        Map<String, Path> mounts = new HashMap<>();
        for (var mount : container.getVolumeMounts()) {
            var volume = folder.resolve(mount.getName());
            mounts.put(
                    mount.getMountPath(),
                    Optional.ofNullable(mount.getSubPath())
                            .filter(sub -> !sub.isEmpty())
                            .map(volume::resolve)
                            .orElse(volume));
        }
        return mounts;
    }

    /** Whether a volume of that pod is one this node can fill. */
    public static Optional<String> refusal(Pod pod) {
        return pod.getSpec().getVolumes().stream()
                .filter(volume -> volume.getConfigMap() == null
                        && volume.getSecret() == null
                        && volume.getProjected() == null
                        && volume.getDownwardAPI() == null
                        && volume.getEmptyDir() == null)
                .map(volume ->
                        "volume " + volume.getName() + " (only configMap, secret, projected, downwardAPI and emptyDir)")
                .findFirst();
    }
}
