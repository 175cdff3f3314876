package dev.secureprediction.sandbox.cloud.vertex;

import java.time.Duration;

/** What a long running operation does, and how long it takes unless told otherwise. */
public enum OperationKind {
    CREATE_ENDPOINT(Duration.ofSeconds(1)),
    DELETE_ENDPOINT(Duration.ofMillis(500)),
    DEPLOY_MODEL(Duration.ofSeconds(2)),
    UNDEPLOY_MODEL(Duration.ofSeconds(1)),
    MUTATE_MODEL(Duration.ofSeconds(1));

    private final Duration usual;

    OperationKind(Duration usual) {
        this.usual = usual;
    }

    Duration usual() {
        return usual;
    }
}
