package dev.secureprediction.operator.promotion;

import dev.secureprediction.operator.api.v1alpha1.endpoint.Contract;
import java.time.Instant;

/**
 * A contract and a gateway image that were let into an environment together.
 *
 * @param contractDigest of the contract
 * @param image of the gateway, as environments write it
 * @param contract itself
 * @param by what let it in
 * @param basis the same for people: which record, or why an exception was made
 * @param at when it was last let in
 * @param revision grows with every admission
 */
public record Admitted(
        String contractDigest,
        String image,
        Contract contract,
        AdmittedBy by,
        String basis,
        Instant at,
        long revision) {

    /** Whether it is the same contract under the same image. */
    boolean is(Admitted other) {
        return contractDigest.equals(other.contractDigest) && image.equals(other.image);
    }

    Admitted at(Instant time, long newRevision) {
        return new Admitted(contractDigest, image, contract, by, basis, time, newRevision);
    }

    boolean isProven() {
        return by != AdmittedBy.Exception;
    }
}
