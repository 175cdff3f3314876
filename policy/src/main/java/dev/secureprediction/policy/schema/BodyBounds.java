package dev.secureprediction.policy.schema;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What any body must keep to before it meets a schema; also counts it. */
final class BodyBounds {

    static final int MAX_DEPTH = 64;

    /** Far beyond a double's range; arithmetic on 1e999999999 would fill the memory. */
    private static final int MAX_SCALE = 1_100;

    private final Set<String> knownNames;
    private long nodes;

    BodyBounds(Set<String> knownNames) {
        this.knownNames = knownNames;
    }

    Optional<Violation> check(JsonNode body) {
        return check(body, "", 1);
    }

    /** Number of values seen. */
    long nodes() {
        return nodes;
    }

    private Optional<Violation> check(JsonNode node, String pointer, int depth) {
        nodes++;
        if (depth > MAX_DEPTH) {
            return Optional.of(new Violation(pointer, "is nested deeper than " + MAX_DEPTH + " levels"));
        }
        if (node.isNumber() && !isSane(node)) {
            return Optional.of(new Violation(pointer, "must be a number that a double can hold"));
        }
        // pointers are built on the way back, since almost all bodies need none
        if (node.isArray()) {
            for (int i = 0; i < node.size(); i++) {
                Optional<Violation> inner = check(node.get(i), "", depth + 1);
                if (inner.isPresent()) {
                    return within("/" + i, inner.get());
                }
            }
        } else if (node.isObject()) {
            for (Map.Entry<String, JsonNode> member : node.properties()) {
                Optional<Violation> inner = check(member.getValue(), "", depth + 1);
                if (inner.isPresent()) {
                    return within(step(member.getKey()), inner.get());
                }
            }
        }
        return Optional.empty();
    }

    private String step(String name) {
        return knownNames.contains(name) ? SchemaShape.child("", name) : "/*";
    }

    private static Optional<Violation> within(String step, Violation inner) {
        return Optional.of(new Violation(step + inner.pointer(), inner.message()));
    }

    private static boolean isSane(JsonNode number) {
        if (number.isInt() || number.isLong()) {
            return true;
        }
        if (number.isBigDecimal()) {
            BigDecimal value = number.decimalValue();
            return Math.abs((long) value.scale()) <= MAX_SCALE && Double.isFinite(value.doubleValue());
        }
        return Double.isFinite(number.doubleValue());
    }
}
