package dev.secureprediction.operator.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A file of `invalid/`.
 *
 * @param name its name
 * @param expectation part of the message that refuses its last document
 * @param documents what is applied, in order
 */
record InvalidResource(String name, String expectation, List<ObjectNode> documents) {

    private static final String EXPECT = "# expect: ";

    static List<InvalidResource> all() {
        return Yaml.files(Yaml.TESTS.resolve("invalid")).stream()
                .map(InvalidResource::read)
                .toList();
    }

    private static InvalidResource read(Path file) {
        try {
            var first = Files.readAllLines(file).getFirst();
            if (!first.startsWith(EXPECT)) {
                throw new IllegalStateException(file + " does not begin with '" + EXPECT + "'");
            }
            return new InvalidResource(
                    file.getFileName().toString(), first.substring(EXPECT.length()), Yaml.documents(file));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        }
    }

    @Override
    public String toString() {
        return name;
    }
}
