package dev.secureprediction.gateway.server;

import dev.secureprediction.gateway.audit.AuditLog;
import dev.secureprediction.gateway.audit.CallRecord;
import dev.secureprediction.gateway.error.ErrorCode;
import dev.secureprediction.gateway.error.RefusedException;
import dev.secureprediction.gateway.policy.PolicySnapshot;
import dev.secureprediction.policy.model.AuditRules;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One call's place in the audit log, and what becomes of the call where there is none. On one event loop. */
final class AuditedCall {
    private final AuditLog log;
    private final CallRecord record;
    private boolean hasPlace;
    private byte @Nullable [] keptPrompt;

    AuditedCall(AuditLog log, CallRecord record) {
        this.log = log;
        this.record = record;
    }

    /** Before anything else: a call that cannot be recorded goes on only where its policy prefers that. */
    void takePlace(Optional<PolicySnapshot> policy) throws RefusedException {
        hasPlace = log.reserve();
        if (!hasPlace) {
            loseOrRefuse(policy);
        }
    }

    /** Keeps of the prompt what the policy wants; a later one of the same call takes the place of an earlier. */
    @SuppressWarnings(
            "ReferenceEquality") // the very same bytes are not kept twice; equal ones are rare, comparing is dear
    void prompt(PolicySnapshot policy, byte[] body) throws RefusedException {
        AuditRules.Prompts wanted = policy.bundle().audit().prompts();
        if (wanted == AuditRules.Prompts.None || body == keptPrompt) {
            return;
        }
        keptPrompt = body;
        if (!log.keepPrompt(record, body, wanted)) {
            loseOrRefuse(Optional.of(policy));
        }
    }

    /** The call has ended: its record is written where it has a place. */
    void ended() {
        if (hasPlace) {
            log.write(record);
        } else {
            log.forget(record);
        }
    }

    private void loseOrRefuse(Optional<PolicySnapshot> policy) throws RefusedException {
        boolean drop = policy.isPresent() && policy.get().bundle().audit().onFailure() == AuditRules.OnFailure.Drop;
        if (!drop) {
            throw RefusedException.of(ErrorCode.AUDIT_UNAVAILABLE);
        }
        log.lose();
    }
}
