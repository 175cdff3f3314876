package dev.secureprediction.operator.api;

import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** YAML files of this repository, as tests read them. */
public final class Yaml {

    /** The folder of the whole repository. */
    public static final Path ROOT = Path.of(System.getProperty("root.directory"));

    /** The folder of this module's test resources. */
    public static final Path TESTS = ROOT.resolve("operator/src/test/resources");

    private static final YAMLMapper MAPPER = new YAMLMapper();

    /** The documents of a file. */
    public static List<ObjectNode> documents(Path file) {
        try (MappingIterator<ObjectNode> documents =
                MAPPER.readerFor(ObjectNode.class).readValues(Files.readString(file))) {
            return documents.readAll();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        }
    }

    /** The YAML files right in a folder, by name. */
    public static List<Path> files(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".yaml"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot list " + folder, e);
        }
    }

    private Yaml() {}
}
