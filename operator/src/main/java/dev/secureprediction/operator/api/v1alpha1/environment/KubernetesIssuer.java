package dev.secureprediction.operator.api.v1alpha1.environment;

import dev.secureprediction.operator.api.v1alpha1.ApiObject;

/** This cluster as issuer of its service accounts' tokens; it has no settings. */
@ApiObject
public record KubernetesIssuer() {}
