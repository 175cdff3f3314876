package dev.secureprediction.sandbox.node;

import dev.secureprediction.sandbox.node.volume.PodFields;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Pod;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/** Turns a container into a command: image, command, args, variables, paths. */
final class ContainerCommands {

    private final NodeContext node;

    ContainerCommands(NodeContext node) {
        this.node = node;
    }

    Image image(Container container) throws StartException {
        return node.images()
                .find(container.getImage())
                .orElseThrow(() -> new StartException(
                        "ErrImagePull",
                        "failed to pull image \"" + container.getImage()
                                + "\": the sandbox has no registry; its image store holds "
                                + new TreeSet<>(node.images().names())));
    }

    ContainerCommand command(Pod pod, Container container, PodHome home) throws StartException {
        var image = image(container);
        PodFields fields = home.fields(pod);
        var own = new ContainerVariables(node.client(), fields).of(container);
        var paths = new MountPaths(home.volumes().mounts(container));

        Map<String, String> environment = new HashMap<>();
        environment.put("PATH", Path.of(System.getProperty("java.home"), "bin") + ":/usr/local/bin:/usr/bin:/bin");
        environment.put("HOME", home.home(container).toString());
        environment.put("HOSTNAME", pod.getMetadata().getName());
        environment.putAll(image.environment());
        environment.putAll(node.options().environment());
        environment.putAll(home.injected(container));
        own.forEach((name, value) -> environment.put(name, paths.real(value)));
        javaOptions(image, own, home.injected(container))
                .ifPresent(options -> environment.put(NodeOptions.JAVA_OPTIONS, options));

        List<String> command = new ArrayList<>(
                container.getCommand().isEmpty() ? image.entrypoint() : expanded(container.getCommand(), own));
        command.addAll(expanded(container.getArgs(), own));
        if (command.isEmpty()) {
            throw new StartException(
                    "CreateContainerError",
                    "neither container " + container.getName() + " nor its image has a command");
        }
        var directory = Optional.ofNullable(container.getWorkingDir())
                .map(paths::real)
                .map(Path::of)
                .orElse(image.folder());
        return new ContainerCommand(command.stream().map(paths::real).toList(), environment, directory);
    }

    /** The node's come first, so that a container's own win where both set the same. */
    private Optional<String> javaOptions(Image image, Map<String, String> own, Map<String, String> injected) {
        List<String> parts = new ArrayList<>();
        Optional.ofNullable(node.options().environment().get(NodeOptions.JAVA_OPTIONS))
                .ifPresent(parts::add);
        // the JVM does not heed TMPDIR
        Optional.ofNullable(injected.get("TMPDIR")).ifPresent(folder -> parts.add("-Djava.io.tmpdir=" + folder));
        Optional.ofNullable(own.getOrDefault(
                        NodeOptions.JAVA_OPTIONS, image.environment().get(NodeOptions.JAVA_OPTIONS)))
                .ifPresent(parts::add);
        return parts.isEmpty() ? Optional.empty() : Optional.of(String.join(" ", parts));
    }

    private static List<String> expanded(List<String> words, Map<String, String> variables) {
        return words.stream()
                .map(word -> ContainerVariables.expand(word, variables))
                .toList();
    }
}
