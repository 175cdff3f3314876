package dev.secureprediction.operator.render;

import dev.secureprediction.operator.api.v1alpha1.PredictionVerification;
import dev.secureprediction.operator.api.v1alpha1.verification.PredictionVerificationSpec;
import dev.secureprediction.operator.plan.DesiredGateway;
import dev.secureprediction.operator.promotion.Verification;
import java.util.Locale;

/** A signed record as an object of the gateway namespace. */
public final class VerificationObject {

    private static final int DIGEST_PREFIX = "v1:".length();
    private static final int SHORT_DIGEST = 8;

    private VerificationObject() {}

    /** Named after the gateway, the contract and the time, so that a renewed record is a new one. */
    public static PredictionVerification of(DesiredGateway gateway, Verification said, String jws) {
        var contract = said.contractDigest().substring(DIGEST_PREFIX, DIGEST_PREFIX + SHORT_DIGEST);
        var record = new PredictionVerification();
        record.setMetadata(Labels.meta(
                gateway,
                gateway.name() + "-" + contract + "-"
                        + Long.toString(said.iat(), 36).toLowerCase(Locale.ROOT)));
        record.setSpec(new PredictionVerificationSpec(jws));
        return record;
    }
}
