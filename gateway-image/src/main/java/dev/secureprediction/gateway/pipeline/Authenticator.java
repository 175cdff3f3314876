package dev.secureprediction.gateway.pipeline;

import dev.secureprediction.gateway.error.ErrorCode;
import dev.secureprediction.gateway.error.Refusal;
import dev.secureprediction.gateway.error.RefusedException;
import dev.secureprediction.gateway.tokens.TokenFault;
import dev.secureprediction.gateway.tokens.Verification;
import java.time.Duration;

/** Second stage: who calls? */
public final class Authenticator {
    private static final Duration KEYS_RETRY = Duration.ofSeconds(5);

    /** Verifies the token; when its key is not known yet, says when to come back. */
    public Authentication authenticate(AcceptedRequest request) throws RefusedException {
        return switch (request.policy().tokens().verify(request.token())) {
            case Verification.Valid valid ->
                new Authentication.Done(
                        new AuthenticatedRequest(request, valid.token().caller()));
            case Verification.Pending pending -> new Authentication.Waiting(pending.looked());
            case Verification.Faulty faulty -> throw refused(faulty.fault());
        };
    }

    /** The second and last try, after the issuer was asked. */
    public AuthenticatedRequest authenticateNow(AcceptedRequest request) throws RefusedException {
        return switch (authenticate(request)) {
            case Authentication.Done done -> done.request();
            case Authentication.Waiting waiting -> throw refused(TokenFault.KEY_UNKNOWN);
        };
    }

    private static RefusedException refused(TokenFault fault) {
        Refusal refusal = Refusal.of(fault.code(), fault.name());
        return new RefusedException(
                fault.code() == ErrorCode.KEYS_UNAVAILABLE ? refusal.withRetryAfter(KEYS_RETRY) : refusal);
    }
}
