package dev.secureprediction.operator.resolve;

import dev.secureprediction.operator.api.v1alpha1.PredictionEnvironment;
import dev.secureprediction.operator.api.v1alpha1.environment.Grant;
import dev.secureprediction.policy.model.Role;
import dev.secureprediction.policy.model.Surface;
import java.util.List;
import java.util.Optional;

/** What became of an endpoint's references. A reference that leads nowhere is a value, not an exception. */
public sealed interface Resolution {

    /**
     * Everything is there and allowed.
     *
     * @param inputs what was resolved
     * @param environment the endpoint's environment
     * @param grant the grant that covers it; none for what was admitted by one that is gone
     * @param model the model, with its place
     * @param location where it runs
     * @param surfaces the wire protocols served
     * @param roles with their issuers filled in
     */
    record Resolved(
            EndpointInputs inputs,
            PredictionEnvironment environment,
            Optional<Grant> grant,
            WantedModel model,
            String location,
            List<Surface> surfaces,
            List<Role> roles)
            implements Resolution {

        public Resolved {
            surfaces = List.copyOf(surfaces);
            roles = List.copyOf(roles);
        }
    }

    /** Something is wrong. */
    sealed interface Refused extends Resolution {

        /** What, the most important first; never empty. */
        List<Problem> problems();
    }

    /** A reference leads nowhere. */
    record Dangling(List<Problem> problems) implements Refused {

        public Dangling {
            problems = List.copyOf(problems);
        }
    }

    /** The environment does not allow it. */
    record NotPermitted(List<Problem> problems) implements Refused {

        public NotPermitted {
            problems = List.copyOf(problems);
        }
    }

    /** It says something that cannot be. */
    record Invalid(List<Problem> problems) implements Refused {

        public Invalid {
            problems = List.copyOf(problems);
        }
    }
}
