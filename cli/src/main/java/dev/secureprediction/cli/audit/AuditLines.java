package dev.secureprediction.cli.audit;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Reads the JSON objects of a log: one per line, whatever stands between them, or a JSON array of log entries as
 * `gcloud logging read --format=json` prints it.
 */
final class AuditLines {
    private static final JsonMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    private AuditLines() {}

    /** Takes one object and where it stands. */
    interface Reader {
        void entry(String where, JsonNode object);
    }

    /**
     * Reads a whole file.
     *
     * @throws IOException when it cannot be read
     */
    static void read(Path file, Reader reader) throws IOException {
        try (BufferedReader text = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            text.mark(1);
            boolean array = text.read() == '[';
            text.reset();
            if (array) {
                readArray(file, text, reader);
            } else {
                readLines(file, text, reader);
            }
        }
    }

    private static void readLines(Path file, BufferedReader text, Reader reader) throws IOException {
        long number = 0;
        for (String line = text.readLine(); line != null; line = text.readLine()) {
            number++;
            int begin = line.indexOf('{'); // container runtimes put a time before it
            Optional<JsonNode> object = begin < 0 ? Optional.empty() : parse(line.substring(begin));
            if (object.isPresent()) {
                reader.entry(file + ":" + number, object.get());
            }
        }
    }

    private static void readArray(Path file, BufferedReader text, Reader reader) throws IOException {
        try (JsonParser parser = JSON.createParser(text)) {
            parser.nextToken();
            for (long number = 1; parser.nextToken() == JsonToken.START_OBJECT; number++) {
                JsonNode object = JSON.readTree(parser);
                reader.entry(file + ", entry " + number, object);
            }
        }
    }

    private static Optional<JsonNode> parse(String line) {
        try {
            return Optional.of(JSON.readTree(line));
        } catch (JsonProcessingException e) {
            return Optional.empty(); // another program's line
        }
    }

    /** What a line holds under this name, at its top or in Cloud Logging's `jsonPayload`. */
    static Optional<JsonNode> member(JsonNode entry, String name) {
        JsonNode found = entry.has("jsonPayload") ? entry.path("jsonPayload").path(name) : entry.path(name);
        return found.isObject() ? Optional.of(found) : Optional.empty();
    }
}
