package dev.secureprediction.operator.resolve;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * One requirement that may only get stricter along a chain.
 *
 * @param path below `spec.require`
 * @param order which of two values is stricter
 * @param reach how a stricter value reaches endpoints that run
 */
public record Floor(String path, Order order, Reach reach) {

    /** How a stricter value reaches endpoints that run. */
    public enum Reach {
        /** It takes away and brings in nothing that could fail: all endpoints have it at once. */
        AT_ONCE,
        /** It brings in something, such as pods or a service to ask: a few endpoints at a time. */
        IN_TURN
    }

    /** Which of two values is stricter. */
    public sealed interface Order {

        /** More is stricter. */
        record More(long absent) implements Order {}

        /** Less is stricter; absent means no limit. */
        record Less() implements Order {}

        /** Later is stricter. */
        record Ranked(String absent, List<String> weakestFirst) implements Order {

            public Ranked {
                weakestFirst = List.copyOf(weakestFirst);
            }
        }

        /** Having one is stricter; which one is each environment's own affair. */
        record Present() implements Order {}

        /** Having every one of the other's, as it is there, is stricter or as strict. */
        record Superset() implements Order {}
    }

    /** How the first value is weaker than the second, where it is: both, as a person would write them. */
    Optional<Weaker> weaker(JsonNode mine, JsonNode theirs) {
        JsonNode here = at(mine);
        JsonNode there = at(theirs);
        boolean isWeaker = switch (order) {
            case Order.More more -> number(here, more.absent()) < number(there, more.absent());
            case Order.Less ignored -> number(here, Long.MAX_VALUE) > number(there, Long.MAX_VALUE);
            case Order.Ranked ranked -> rank(here, ranked) < rank(there, ranked);
            case Order.Present ignored -> isAbsent(here) && !isAbsent(there);
            case Order.Superset ignored -> !missing(here, there).isEmpty();
        };
        return isWeaker
                ? Optional.of(new Weaker(shown(here, there, true), shown(here, there, false)))
                : Optional.empty();
    }

    /** Both values of a weaker requirement. */
    record Weaker(String mine, String theirs) {}

    JsonNode at(JsonNode requirements) {
        JsonNode node = requirements;
        for (String name : path.split("\\.", -1)) {
            node = node.path(name);
        }
        return node.isNull() ? MissingNode.getInstance() : node;
    }

    private String shown(JsonNode here, JsonNode there, boolean mine) {
        JsonNode value = mine ? here : there;
        return switch (order) {
            case Order.More more -> String.valueOf(number(value, more.absent()));
            case Order.Less ignored -> isAbsent(value) ? "no limit" : value.asText();
            case Order.Ranked ranked -> isAbsent(value) ? ranked.absent() : value.asText();
            case Order.Present ignored -> isAbsent(value) ? "none" : value.asText();
            case Order.Superset ignored -> mine ? "without" : String.join(", ", missing(here, there));
        };
    }

    private static List<String> missing(JsonNode here, JsonNode there) {
        List<JsonNode> mine = new ArrayList<>();
        here.forEach(mine::add);
        return there.valueStream()
                .filter(item -> !mine.contains(item))
                .map(item -> item.path("name").asText())
                .collect(Collectors.toList());
    }

    private static boolean isAbsent(JsonNode node) {
        return node.isMissingNode() || node.isNull() || (node.asText().isEmpty() && !node.isContainerNode());
    }

    private static long number(JsonNode node, long absent) {
        return isAbsent(node) ? absent : node.asLong();
    }

    private static int rank(JsonNode node, Order.Ranked ranked) {
        return ranked.weakestFirst().indexOf(isAbsent(node) ? ranked.absent() : node.asText());
    }
}
