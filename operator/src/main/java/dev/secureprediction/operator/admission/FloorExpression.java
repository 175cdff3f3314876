package dev.secureprediction.operator.admission;

import dev.secureprediction.operator.resolve.Floor;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** A floor as CEL, over the edited environment (`object`) and the one before it (`params`). */
record FloorExpression(Floor floor) {

    /** Whether the edited environment is at least as strict. */
    String holds() {
        return switch (floor.order()) {
            case Floor.Order.More more ->
                number("object", String.valueOf(more.absent())) + " >= "
                        + number("params", String.valueOf(more.absent()));
            case Floor.Order.Less ignored ->
                number("object", "9007199254740991") + " <= " + number("params", "9007199254740991");
            case Floor.Order.Ranked ranked -> rank("object", ranked) + " >= " + rank("params", ranked);
            case Floor.Order.Present ignored -> "!" + has("params") + " || " + has("object");
            case Floor.Order.Superset ignored ->
                "!" + has("params") + " || " + path("params") + ".all(one, " + has("object") + " && " + path("object")
                        + ".exists(own, own == one))";
        };
    }

    /** What the person reads. */
    String message() {
        return "'spec.require." + floor.path() + ": ' + " + shown("object") + " + ' is weaker than ' + "
                + shown("params")
                + " + ' in environment ' + params.metadata.name + '; tighten it here, or loosen it there'";
    }

    private String shown(String side) {
        return switch (floor.order()) {
            case Floor.Order.More more -> "string(" + number(side, String.valueOf(more.absent())) + ")";
            case Floor.Order.Less ignored -> "(" + has(side) + " ? string(" + path(side) + ") : 'no limit')";
            case Floor.Order.Ranked ranked -> text(side, ranked.absent());
            case Floor.Order.Present ignored -> "(" + has(side) + " ? " + path(side) + " : 'none')";
            case Floor.Order.Superset ignored ->
                "(" + has(side) + " ? " + path(side) + ".map(one, one.name).join(', ') : 'none')";
        };
    }

    private String number(String side, String absent) {
        return "(" + has(side) + " ? " + path(side) + " : " + absent + ")";
    }

    private String text(String side, String absent) {
        return "(" + has(side) + " ? string(" + path(side) + ") : '" + absent + "')";
    }

    private String rank(String side, Floor.Order.Ranked ranked) {
        String order =
                ranked.weakestFirst().stream().map(value -> "'" + value + "'").collect(Collectors.joining(", "));
        return "[" + order + "].indexOf(" + text(side, ranked.absent()) + ")";
    }

    private String path(String side) {
        return side + ".spec.require." + floor.path();
    }

    private String has(String side) {
        List<String> checks = new ArrayList<>();
        StringBuilder path = new StringBuilder(side).append(".spec.require");
        checks.add("has(" + path + ")");
        for (String name : floor.path().split("\\.", -1)) {
            path.append('.').append(name);
            checks.add("has(" + path + ")");
        }
        return "(" + String.join(" && ", checks) + ")";
    }
}
