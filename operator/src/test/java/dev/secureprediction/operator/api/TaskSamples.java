package dev.secureprediction.operator.api;

import java.util.stream.Stream;

/** The samples that each show a task with an endpoint of their own: folders of `samples/`. */
public final class TaskSamples {

    private TaskSamples() {}

    /** For {@code @MethodSource}. */
    public static Stream<String> names() {
        return Stream.of(
                "quickstart",
                "gemini-chat",
                "custom-model",
                "existing-endpoint",
                "okta",
                "keycloak",
                "kubernetes-workload",
                "guardrails",
                "federation",
                "platform-team");
    }
}
