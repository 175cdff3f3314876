package dev.secureprediction.operator.reconciler;

import dev.secureprediction.operator.api.v1alpha1.PredictionEnvironment;
import dev.secureprediction.operator.plan.EndpointPlan;
import dev.secureprediction.operator.plan.RolloutPlan;
import dev.secureprediction.operator.resolve.Edition;
import dev.secureprediction.operator.resolve.EndpointInputs;
import dev.secureprediction.operator.resolve.EnvironmentInputs;
import dev.secureprediction.operator.resolve.EnvironmentResolution;
import dev.secureprediction.operator.resolve.EnvironmentResolver;
import dev.secureprediction.operator.resolve.Problem;
import dev.secureprediction.operator.status.EnvironmentPreview;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What an edit of an environment would do to its endpoints, by the code that would do it. Asks nobody and writes nothing. */
record EnvironmentForesight(EndpointPlans plans) {

    EnvironmentPreview of(PredictionEnvironment edited) {
        var name = edited.getMetadata().getName();
        var known = plans.caches().environment(name);
        known.ifPresent(found -> edited.setStatus(found.getStatus()));
        var caches = plans.caches().with(edited);
        var newest = EnvironmentInputs.gather(edited, caches, plans.installation());
        List<EnvironmentPreview.Touched> touched = new ArrayList<>();
        var endpoints = caches.endpointsOf(name);
        for (var endpoint : endpoints) {
            var after = EndpointPlan.of(EndpointInputs.gather(endpoint, caches, plans.installation()));
            EnvironmentPreview.touched(EndpointPlans.key(endpoint), plans.asked(endpoint), after)
                    .ifPresent(touched::add);
        }
        var problems = EnvironmentResolver.resolve(newest) instanceof EnvironmentResolution.Rejected rejected
                ? rejected.problems().stream().map(Problem::toString).toList()
                : List.<String>of();
        return new EnvironmentPreview(
                problems, notes(known, newest, endpoints.size()), touched, endpoints.size() - touched.size());
    }

    private List<String> notes(Optional<PredictionEnvironment> known, EnvironmentInputs newest, int endpoints) {
        if (known.isEmpty()) {
            return List.of("a new environment");
        }
        var image = plans.installation().gatewayImage();
        var wanted = newest.environment().getSpec();
        var now = Edition.of(known.get().getSpec(), image);
        if (Edition.of(now.meanwhile(wanted), image).equals(newest.edition())) {
            return List.of("it holds for all endpoints at once");
        }
        return List.of("endpoints get it in turn, " + RolloutPlan.batch(wanted, endpoints)
                + " at a time; what is only taken away holds for all at once");
    }
}
