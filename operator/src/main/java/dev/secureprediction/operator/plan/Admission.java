package dev.secureprediction.operator.plan;

import dev.secureprediction.operator.promotion.AdmittedBy;
import java.util.List;

/** What the gate of an environment says to a contract and a gateway image. */
public sealed interface Admission {

    /**
     * They may come in.
     *
     * @param by what lets them
     * @param basis for people: the record, the exception's reason or that it was here before
     */
    record In(AdmittedBy by, String basis) implements Admission {}

    /**
     * They wait.
     *
     * @param missing what is, for people
     * @param refusals records that look like what is missing and count for nothing, and why
     */
    record Held(String missing, List<String> refusals) implements Admission {

        public Held {
            refusals = List.copyOf(refusals);
        }

        /** Stands between what is missing and what does not count. */
        public static final String NOT_COUNTED = "; not counted: ";

        /** Both, as one message. */
        public String message() {
            return refusals.isEmpty() ? missing : missing + NOT_COUNTED + String.join(", ", refusals);
        }
    }
}
