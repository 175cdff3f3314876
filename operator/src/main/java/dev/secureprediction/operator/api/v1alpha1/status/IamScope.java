package dev.secureprediction.operator.api.v1alpha1.status;

/** Where a role is bound. */
public enum IamScope {
    /** On the endpoint alone. */
    Endpoint,
    /** On a whole project. */
    Project
}
