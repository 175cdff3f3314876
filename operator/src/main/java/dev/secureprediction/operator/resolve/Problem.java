package dev.secureprediction.operator.resolve;

import dev.secureprediction.operator.api.v1alpha1.Reason;

/**
 * One thing that keeps a resource from being accepted.
 *
 * @param reason why
 * @param path the field, from the resource's root, as `spec.contract.access.roles[0].when`
 * @param message what is wrong and what to do; never a secret, never a value of a request
 */
public record Problem(Reason reason, String path, String message) {

    @Override
    public String toString() {
        return path + ": " + message;
    }
}
