/** The custom resources of group secureprediction.dev, version v1alpha1. */
@NullMarked
package dev.secureprediction.operator.api.v1alpha1;

import org.jspecify.annotations.NullMarked;
