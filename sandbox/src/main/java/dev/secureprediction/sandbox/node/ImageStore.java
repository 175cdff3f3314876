package dev.secureprediction.sandbox.node;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The images a node has. There is no registry: a reference is looked up by the last part of its repository. */
public final class ImageStore {

    private final Map<String, Image> byName;

    private ImageStore(Collection<Image> images) {
        this.byName = images.stream()
                .collect(Collectors.toUnmodifiableMap(Image::name, Function.identity(), (older, newer) -> newer));
    }

    /** Reads the descriptions in those folders. */
    public static ImageStore of(Path... folders) {
        return of(Arrays.stream(folders).map(Image::read).toList());
    }

    public static ImageStore of(Collection<Image> images) {
        return new ImageStore(images);
    }

    /** The image for a reference such as {@code registry.example.com/team/name:tag@sha256:…}. */
    public Optional<Image> find(String reference) {
        return Optional.ofNullable(byName.get(repositoryName(reference)));
    }

    public Set<String> names() {
        return byName.keySet();
    }

    private static String repositoryName(String reference) {
        var last = reference.substring(reference.lastIndexOf('/', beforeDigest(reference)) + 1);
        return last.split("[:@]", 2)[0];
    }

    private static int beforeDigest(String reference) {
        var at = reference.indexOf('@');
        return at < 0 ? reference.length() : at;
    }
}
