package dev.secureprediction.gateway.guardrail;

import dev.secureprediction.policy.model.GuardrailStage;
import dev.secureprediction.policy.model.OnError;
import java.util.List;

/**
 * A guardrail, ready to run.
 *
 * @param name shown in audit records
 * @param required whether the environment asks for it
 * @param stages what it looks at
 * @param onError what follows when it cannot decide
 * @param check the check
 */
record Rail(String name, boolean required, List<GuardrailStage> stages, OnError onError, Check check) {

    /** Who checks. */
    sealed interface Check {}

    /** A check in this process. */
    record Local(LocalRule rule) implements Check {}

    /** A check by somebody else. */
    record Remote(RemoteScreener screener) implements Check {}
}
