package dev.secureprediction.operator.resolve;

import dev.secureprediction.operator.api.v1alpha1.PredictionEnvironment;
import java.util.List;

/** Whether an environment can be worked with. */
public sealed interface EnvironmentResolution {

    /**
     * It can.
     *
     * @param chain the environments before it, the nearest first
     */
    record Accepted(List<PredictionEnvironment> chain) implements EnvironmentResolution {

        public Accepted {
            chain = List.copyOf(chain);
        }
    }

    /** It cannot; never empty. */
    record Rejected(List<Problem> problems) implements EnvironmentResolution {

        public Rejected {
            problems = List.copyOf(problems);
        }
    }
}
