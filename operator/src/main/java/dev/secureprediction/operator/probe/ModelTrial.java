package dev.secureprediction.operator.probe;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.secureprediction.operator.plan.DesiredProof.CanaryCall;
import dev.secureprediction.policy.model.PolicyBundle;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.Optional;

/**
 * Sends the canary through a gateway until the model on trial has answered it. A call cannot name its deployed model; the
 * answer does, so calls are made until one fell to it.
 */
public final class ModelTrial {

    /** With a tenth of the calls, all of these miss the new model once in seventy trials, and then the next round goes on. */
    private static final int MOST_CALLS = 40;

    /** One may be an accident of the model that serves. */
    private static final int ENOUGH_FAILURES = 2;

    private static final int TOO_MANY_REQUESTS = 429;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final GatewayProbe calls;

    public ModelTrial(GatewayProbe calls) {
        this.calls = calls;
    }

    /** What it came to. */
    public enum Outcome {
        /** It answered. */
        Passed,
        /** Canaries fail that did not before. */
        Failed,
        /** No call fell to it, or none could be made. */
        Unknown
    }

    /** One round of calls. */
    public Outcome run(
            GatewayPod pod,
            PolicyBundle bundle,
            Optional<ServerTrust> trust,
            ProbeTokens tokens,
            CanaryCall canary,
            String deployedModelId) {
        String path = CallPath.of(bundle);
        String body = canary.body().toString();
        int failures = 0;
        boolean named = false;
        try (GatewayProbe.Caller caller = calls.caller(pod, trust)) {
            for (int i = 0; i < MOST_CALLS; i++) {
                HttpResponse<String> answer = caller.post(path, Optional.of(tokens.good()), body);
                if (answer.statusCode() == TOO_MANY_REQUESTS) {
                    return Outcome.Unknown;
                }
                if (answer.statusCode() >= 400) {
                    failures++;
                    if (failures == ENOUGH_FAILURES) {
                        return Outcome.Failed;
                    }
                    continue;
                }
                String by = deployedModel(answer.body());
                if (by.equals(deployedModelId)) {
                    return Outcome.Passed;
                }
                named |= !by.isEmpty();
            }
        } catch (IOException e) {
            return Outcome.Unknown;
        }
        // a contract may keep the name out of answers; then that no call failed is all there is to know
        return named || failures > 0 ? Outcome.Unknown : Outcome.Passed;
    }

    private static String deployedModel(String body) {
        try {
            return JSON.readTree(body).path("deployedModelId").asText();
        } catch (JsonProcessingException e) {
            return "";
        }
    }
}
