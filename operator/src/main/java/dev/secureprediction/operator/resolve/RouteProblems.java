package dev.secureprediction.operator.resolve;

import dev.secureprediction.operator.api.v1alpha1.Reason;
import dev.secureprediction.operator.api.v1alpha1.endpoint.Contract;
import dev.secureprediction.operator.api.v1alpha1.endpoint.Route;
import java.util.ArrayList;
import java.util.List;

/** Where roles may send calls instead: to the environment's locations, and to models of the contract's publisher. */
final class RouteProblems {

    private RouteProblems() {}

    static List<Problem> in(Contract contract, List<String> locations) {
        List<Problem> problems = new ArrayList<>();
        for (int i = 0; i < contract.access().roles().size(); i++) {
            Route route = contract.access().roles().get(i).route();
            String path = "spec.contract.access.roles[" + i + "].route";
            if (route == null) {
                continue;
            }
            if (contract.model().publisher() == null) {
                problems.add(new Problem(
                        Reason.InvalidSpec,
                        path,
                        "only a publisher's model is served elsewhere as well; remove it, or use a publisher's model"));
            } else if (route.location() != null && !locations.contains(route.location())) {
                problems.add(new Problem(
                        Reason.LocationNotAllowed,
                        path + ".location",
                        "'" + route.location() + "' is not a location of the environment; use one of "
                                + String.join(", ", locations)));
            }
        }
        return problems;
    }
}
