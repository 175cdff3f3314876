package dev.secureprediction.operator.resolve;

import dev.secureprediction.operator.api.v1alpha1.Defaults;
import dev.secureprediction.operator.api.v1alpha1.Reason;
import dev.secureprediction.operator.api.v1alpha1.endpoint.Limits;
import dev.secureprediction.operator.api.v1alpha1.endpoint.PlacementGateway;
import dev.secureprediction.operator.api.v1alpha1.endpoint.Role;
import dev.secureprediction.operator.api.v1alpha1.endpoint.SecurePredictionEndpointSpec;
import dev.secureprediction.operator.api.v1alpha1.environment.PredictionEnvironmentSpec;
import dev.secureprediction.policy.model.Surface;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Limits that no gateway could hold as they are written; gateways would refuse the policy. */
final class LimitCheck {
    private static final Set<Surface> COUNTING =
            EnumSet.of(Surface.GeminiGenerate, Surface.AnthropicMessages, Surface.OpenAIChat);

    private final List<Problem> problems = new ArrayList<>();

    private LimitCheck() {}

    /** What is wrong with the limits of the endpoint's roles. */
    static List<Problem> problems(
            SecurePredictionEndpointSpec endpoint, PredictionEnvironmentSpec environment, List<Surface> surfaces) {
        LimitCheck check = new LimitCheck();
        boolean shared = environment.gatewayOrDefault().store() != null
                && environment.gatewayOrDefault().store().redis() != null;
        int pods = shared ? 1 : pods(endpoint, environment);
        List<Role> roles = endpoint.contract().access().roles();
        for (int i = 0; i < roles.size(); i++) {
            Limits limits = roles.get(i).limits();
            if (limits != null) {
                String path = "spec.contract.access.roles[" + i + "].limits.";
                check.share(path + "requestsPerMinute", limits.requestsPerMinute(), pods);
                check.share(path + "maxConcurrent", limits.maxConcurrent(), pods);
                check.share(path + "tokensPerMinute", limits.tokensPerMinute(), pods);
                check.counted(path + "tokensPerMinute", limits.tokensPerMinute(), surfaces);
                check.counted(path + "maxOutputTokens", limits.maxOutputTokens(), surfaces);
            }
        }
        return check.problems;
    }

    /** Most pods that may run, as they are planned. */
    private static int pods(SecurePredictionEndpointSpec endpoint, PredictionEnvironmentSpec environment) {
        PlacementGateway size = endpoint.placementOrDefault().gatewayOrDefault();
        int least = Math.max(
                Objects.requireNonNullElse(size.minReplicas(), Defaults.GATEWAY_MIN_REPLICAS),
                environment.requireOrDefault().gatewayMinReplicasOrDefault());
        return Math.max(least, Objects.requireNonNullElse(size.maxReplicas(), least));
    }

    private void share(String path, @Nullable Integer limit, int pods) {
        if (limit != null && limit < pods) {
            problems.add(new Problem(
                    Reason.InvalidSpec,
                    path,
                    limit + " cannot be shared by " + pods
                            + " gateway replicas, of which each takes its part; raise it,"
                            + " lower spec.placement.gateway.maxReplicas, or ask the platform team for a store"
                            + " (gateway.store of the environment)"));
        }
    }

    private void counted(String path, @Nullable Integer limit, List<Surface> surfaces) {
        if (limit != null) {
            surfaces.stream()
                    .filter(surface -> !COUNTING.contains(surface))
                    .findFirst()
                    .ifPresent(surface -> problems.add(new Problem(
                            Reason.InvalidSpec,
                            path,
                            "answers of " + surface + " do not say how many tokens were used; remove the limit or the"
                                    + " surface")));
        }
    }
}
