package dev.secureprediction.cli.dependencies;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * A library of somebody else, as a bill of materials names it.
 *
 * @param licences by SPDX id where it has one, else by name; one of them is enough
 */
record Library(String group, String name, String version, List<String> licences) implements Comparable<Library> {

    Library {
        licences = List.copyOf(licences);
    }

    /** Those of a module that was packaged. */
    static List<Library> of(Path module) throws IOException {
        Path bill = module.resolve("target/bom.json");
        if (!Files.exists(bill)) {
            throw new IllegalStateException(bill
                    + " is not there; Maven makes it when it packages the module, and only when it is not offline");
        }
        List<Library> libraries = new ArrayList<>();
        for (JsonNode component : new ObjectMapper().readTree(bill.toFile()).path("components")) {
            if (!component.path("group").asText().equals("dev.secureprediction")) {
                libraries.add(new Library(
                        component.path("group").asText(),
                        component.path("name").asText(),
                        component.path("version").asText(),
                        licences(component)));
            }
        }
        return libraries;
    }

    private static List<String> licences(JsonNode component) {
        List<String> found = new ArrayList<>();
        for (JsonNode entry : component.path("licenses")) {
            if (entry.has("expression")) {
                found.addAll(List.of(
                        entry.path("expression").asText().replaceAll("[()]", "").split(" OR ", -1)));
            } else {
                JsonNode licence = entry.path("license");
                found.add(licence.path("id").asText(licence.path("name").asText()));
            }
        }
        return found;
    }

    String coordinates() {
        return group + ":" + name;
    }

    /** Whether it is at least that version, number by number. */
    boolean isAtLeast(String floor) {
        List<Integer> mine = numbers(version);
        List<Integer> least = numbers(floor);
        for (int i = 0; i < Math.min(mine.size(), least.size()); i++) {
            if (!mine.get(i).equals(least.get(i))) {
                return mine.get(i) > least.get(i);
            }
        }
        return mine.size() >= least.size();
    }

    private static List<Integer> numbers(String version) {
        return List.of(version.split("[.-]", -1)).stream()
                .takeWhile(part -> part.matches("\\d{1,9}"))
                .map(Integer::valueOf)
                .toList();
    }

    @Override
    public int compareTo(Library other) {
        return Comparator.comparing(Library::coordinates)
                .thenComparing(Library::version)
                .compare(this, other);
    }
}
