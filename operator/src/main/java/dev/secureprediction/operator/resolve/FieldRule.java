package dev.secureprediction.operator.resolve;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A field that this version does not implement.
 *
 * @param path from the resource's root; `[]` after a name stands for every item of a list
 * @param allowed values that ask for nothing, so that they may be written out
 */
public record FieldRule(String path, Set<String> allowed) {

    private static final String EVERY = "[]";

    public FieldRule {
        allowed = Set.copyOf(allowed);
    }

    /** Nothing below this field may be set. */
    static FieldRule refused(String path) {
        return new FieldRule(path, Set.of());
    }

    /** This scalar may have only these values. */
    static FieldRule onlyAs(String path, String... allowed) {
        return new FieldRule(path, Set.of(allowed));
    }

    /** Concrete paths, as `spec.contract.access.roles[1].limits`, where the resource breaks the rule. */
    List<String> brokenAt(JsonNode resource) {
        List<Place> places = List.of(new Place("", resource));
        for (String segment : path.split("\\.", -1)) {
            places = places.stream().flatMap(place -> place.step(segment)).toList();
        }
        return places.stream()
                .filter(place -> asksForSomething(place.node()))
                .filter(place -> !allowed.contains(place.node().asText()))
                .map(Place::path)
                .toList();
    }

    /** An absent, null or empty value asks for nothing; so does an object of such values. */
    private static boolean asksForSomething(JsonNode node) {
        if (node.isContainerNode()) {
            return node.valueStream().anyMatch(FieldRule::asksForSomething);
        }
        return !node.isMissingNode()
                && !node.isNull()
                && !(node.isTextual() && node.asText().isEmpty());
    }

    private record Place(String path, JsonNode node) {

        Stream<Place> step(String segment) {
            boolean every = segment.endsWith(EVERY);
            String name = every ? segment.substring(0, segment.length() - EVERY.length()) : segment;
            String childPath = path.isEmpty() ? name : path + "." + name;
            JsonNode child = node.path(name);
            if (!every) {
                return Stream.of(new Place(childPath, child));
            }
            List<Place> items = new ArrayList<>();
            for (int i = 0; i < child.size(); i++) {
                items.add(new Place(childPath + "[" + i + "]", child.get(i)));
            }
            return items.stream();
        }
    }
}
