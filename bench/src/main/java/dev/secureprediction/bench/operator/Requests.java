package dev.secureprediction.bench.operator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.secureprediction.sandbox.cluster.AuditLog;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** What one user asked of the API server, counted from its audit log as that grows: it comes to hundreds of megabytes. */
final class Requests {
    private static final Set<String> MUTATING = Set.of("create", "update", "patch", "delete", "deletecollection");
    /** Reviews and token requests are sent with POST but store nothing; a lease is renewed whatever happens. */
    private static final Set<String> NOT_COUNTED = Set.of(
            "leases",
            "serviceaccounts/token",
            "tokenreviews",
            "subjectaccessreviews",
            "selfsubjectaccessreviews",
            "selfsubjectrulesreviews");

    private static final int NAMED = 10;
    private static final int MOST = 8 * 1024 * 1024;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final AuditLog log;
    private final String marker;
    private final Map<String, Long> counts = new TreeMap<>();
    private final List<String> written = new ArrayList<>();
    private long read;

    Requests(AuditLog log, String user) {
        this.log = log;
        this.marker = "\"username\":\"" + user + "\"";
        this.read = log.mark();
    }

    /** By verb and resource, of those since the last turn. */
    synchronized Map<String, Long> writes() {
        return counted(name -> MUTATING.contains(name.split(" ", 2)[0]));
    }

    /** The first few that wrote, by name, to find out why anybody did. */
    synchronized List<String> firstWrites() {
        catchUp();
        return List.copyOf(written);
    }

    synchronized Map<String, Long> reads() {
        return counted(name -> name.startsWith("get ") || name.startsWith("list "));
    }

    /** Counts from now on. */
    synchronized void turn() {
        catchUp();
        counts.clear();
        written.clear();
    }

    private Map<String, Long> counted(Predicate<String> which) {
        catchUp();
        return counts.entrySet().stream()
                .filter(entry -> which.test(entry.getKey()))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue, Long::sum, TreeMap::new));
    }

    private void catchUp() {
        try (var file = new RandomAccessFile(log.file().toFile(), "r")) {
            byte[] bytes;
            do {
                file.seek(read);
                bytes = new byte[(int) Math.min(MOST, file.length() - read)];
                file.readFully(bytes);
                int end = lastLineEnd(bytes);
                new String(bytes, 0, end, StandardCharsets.UTF_8)
                        .lines()
                        .filter(line -> line.contains(marker))
                        .forEach(this::count);
                read += end;
            } while (bytes.length == MOST);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A last line without an end is still being written. */
    private static int lastLineEnd(byte[] bytes) {
        int end = bytes.length;
        while (end > 0 && bytes[end - 1] != '\n') {
            end--;
        }
        return end;
    }

    private void count(String line) {
        JsonNode event;
        try {
            event = JSON.readTree(line);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        String part = event.at("/objectRef/subresource").asText("");
        String resource = event.at("/objectRef/resource").asText("") + (part.isEmpty() ? "" : "/" + part);
        int code = event.at("/responseStatus/code").asInt();
        if (!NOT_COUNTED.contains(resource)) {
            if (written.size() < NAMED && MUTATING.contains(event.path("verb").asText())) {
                written.add(event.path("verb").asText() + " "
                        + event.path("requestURI").asText().split("\\?", 2)[0]);
            }
            counts.merge(event.path("verb").asText() + " " + resource + (code < 300 ? "" : " " + code), 1L, Long::sum);
        }
    }
}
