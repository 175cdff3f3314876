package dev.secureprediction.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.lang.classfile.ClassFile;
import java.lang.classfile.constantpool.ClassEntry;
import java.lang.classfile.constantpool.PoolEntry;
import java.lang.module.ModuleFinder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * Jars that nothing of ours loads are left out of the image. What the others name of them all the same is listed with the
 * reason why it is never loaded, so that a library that begins to need one is seen here and not in somebody's cluster.
 */
class MissingClassesIT {
    private static final Path LIB =
            Path.of(System.getProperty("root.directory", ".."), "gateway-image", "target", "dist", "lib");

    @Test
    void everyClassThatOursLeadToIsThereOrIsKnownNotToBeLoaded() throws IOException {
        // given every class that ours name, and those that these name, and so on
        Properties known = new Properties();
        try (InputStream file = MissingClassesIT.class.getResourceAsStream("/missing-classes.properties")) {
            known.load(Objects.requireNonNull(file));
        }
        Map<String, byte[]> there = classes();
        Map<String, String> missing = missing(there);
        assertThat(there).containsKey("dev/secureprediction/gateway/Main");

        // then those that are not there are the listed ones, and each line of the list is still needed
        Map<String, String> unexplained = new TreeMap<>(missing);
        TreeSet<String> unused = new TreeSet<>(known.stringPropertyNames());
        for (String name : missing.keySet()) {
            for (String prefix : known.stringPropertyNames()) {
                if (name.startsWith(prefix)) {
                    unexplained.remove(name);
                    unused.remove(prefix);
                }
            }
        }
        assertThat(unexplained)
                .as("class that is missing, and one that names it")
                .isEmpty();
        assertThat(unused).as("prefixes that nothing names any more").isEmpty();
    }

    private static Map<String, byte[]> classes() throws IOException {
        Map<String, byte[]> classes = new HashMap<>();
        List<Path> jars;
        try (var files = Files.list(LIB)) {
            jars = files.filter(file -> file.toString().endsWith(".jar")).toList();
        }
        for (Path path : jars) {
            try (JarFile jar = new JarFile(path.toFile())) {
                for (JarEntry entry : (Iterable<JarEntry>) jar.stream()::iterator) {
                    if (entry.getName().endsWith(".class") && !entry.getName().startsWith("META-INF/")) {
                        try (InputStream in = jar.getInputStream(entry)) {
                            classes.put(entry.getName().replace(".class", ""), in.readAllBytes());
                        }
                    }
                }
            }
        }
        return classes;
    }

    /** Missing classes, each with one that names it. */
    private static Map<String, String> missing(Map<String, byte[]> there) {
        Map<String, String> missing = new TreeMap<>();
        Set<String> jvm = packagesOfTheJvm();
        Set<String> seen = new HashSet<>();
        Deque<String> todo = new ArrayDeque<>();
        there.keySet().stream()
                .filter(name -> name.startsWith("dev/secureprediction/"))
                .forEach(todo::add);
        while (!todo.isEmpty()) {
            String name = todo.remove();
            if (!seen.add(name)) {
                continue;
            }
            for (PoolEntry entry : ClassFile.of()
                    .parse(Objects.requireNonNull(there.get(name)))
                    .constantPool()) {
                if (entry instanceof ClassEntry used) {
                    String type = used.asInternalName();
                    String element = type.startsWith("[")
                            ? type.replaceFirst("^\\[+", "").replaceFirst("^L(.*);$", "$1")
                            : type;
                    if (element.length() == 1
                            || jvm.contains(element.substring(0, Math.max(0, element.lastIndexOf('/'))))) {
                        continue;
                    }
                    if (there.containsKey(element)) {
                        todo.add(element);
                    } else {
                        missing.putIfAbsent(element.replace('/', '.'), name.replace('/', '.'));
                    }
                }
            }
        }
        return missing;
    }

    private static Set<String> packagesOfTheJvm() {
        return ModuleFinder.ofSystem().findAll().stream()
                .flatMap(module -> module.descriptor().packages().stream())
                .map(name -> name.replace('.', '/'))
                .collect(Collectors.toSet());
    }
}
