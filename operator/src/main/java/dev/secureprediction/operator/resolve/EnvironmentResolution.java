package dev.secureprediction.operator.resolve;

import dev.secureprediction.operator.api.v1alpha1.PredictionEnvironment;
import java.util.List;

/** Whether an environment can be worked with. */
public sealed interface EnvironmentResolution {

    /**
     * It can.
     *
     * @param chain the environments before it, the nearest first
     * @param weaker requirements that one of those has overtaken since; what runs is not stopped over it
     */
    record Accepted(List<PredictionEnvironment> chain, List<Problem> weaker) implements EnvironmentResolution {

        public Accepted {
            chain = List.copyOf(chain);
            weaker = List.copyOf(weaker);
        }
    }

    /** It cannot; never empty. */
    record Rejected(List<Problem> problems) implements EnvironmentResolution {

        public Rejected {
            problems = List.copyOf(problems);
        }
    }
}
