package dev.secureprediction.gateway.pipeline;

import dev.secureprediction.gateway.error.ErrorCode;
import dev.secureprediction.gateway.error.Refusal;
import dev.secureprediction.gateway.error.RefusedException;
import dev.secureprediction.gateway.tokens.SignatureWork;
import dev.secureprediction.gateway.tokens.TokenFault;
import dev.secureprediction.gateway.tokens.Verification;
import java.time.Duration;

/** Second stage: who calls? */
public final class Authenticator {
    private static final Duration RETRY = Duration.ofSeconds(5);

    /** Verifies the token, if its caller may cost that; when its key is not known yet, says when to come back. */
    public Authentication authenticate(AcceptedRequest request, SignatureWork work) throws RefusedException {
        return switch (request.policy().tokens().verify(request.token(), work)) {
            case Verification.Valid valid ->
                new Authentication.Done(
                        new AuthenticatedRequest(request, valid.token().caller()));
            case Verification.Pending pending -> new Authentication.Waiting(pending.looked());
            case Verification.Faulty faulty -> throw refused(faulty.fault());
        };
    }

    /** The second and last try, after the issuer was asked. */
    public AuthenticatedRequest authenticateNow(AcceptedRequest request, SignatureWork work) throws RefusedException {
        return switch (authenticate(request, work)) {
            case Authentication.Done done -> done.request();
            case Authentication.Waiting waiting -> throw refused(TokenFault.KEY_UNKNOWN);
        };
    }

    private static RefusedException refused(TokenFault fault) {
        Refusal refusal = Refusal.of(fault.code(), fault.name());
        boolean passes = fault.code() == ErrorCode.KEYS_UNAVAILABLE || fault.code() == ErrorCode.TOO_MANY_FAILURES;
        return new RefusedException(passes ? refusal.withRetryAfter(RETRY) : refusal);
    }
}
