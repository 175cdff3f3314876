package dev.secureprediction.operator.cloud;

import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The one way to Google Cloud. Calls block; none waits for a long operation. */
public interface CloudResources {

    /**
     * Reads what a desired state names; for removal alike, with the state that was recorded.
     *
     * @param pendingOperation name of the operation that an earlier {@link Outcome.Pending} gave
     * @throws CloudException when something essential could not be read
     */
    ObservedCloud observe(DesiredCloud desired, Optional<String> pendingOperation);

    /**
     * Makes one change, once.
     *
     * @throws CloudException when it was refused; nothing of it happened then, unless it is
     *     {@link CloudException.Unavailable}
     */
    Outcome apply(DesiredCloud desired, Change change);

    /**
     * Checks what every endpoint of an environment relies on; failures are values here.
     *
     * @param permissions what the operator's account needs, by project
     */
    Preflight preflight(CloudScope scope, String invokerRole, Map<String, Set<String>> permissions);
}
