package dev.secureprediction.operator.cloud;

import java.util.Optional;

/** The service account, as read. */
public sealed interface ObservedServiceAccount {

    /** Not there, or deleted. */
    record Absent() implements ObservedServiceAccount {}

    /**
     * There.
     *
     * @param email its e-mail
     * @param uid unique id; an account made again under the same e-mail has another
     * @param disabled whether it is switched off
     * @param displayName shown in the console
     * @param ownership what its description says
     */
    record Present(String email, String uid, boolean disabled, String displayName, Optional<Ownership> ownership)
            implements ObservedServiceAccount {}
}
