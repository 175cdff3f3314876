/** Makes the custom resource definitions and their reference page from the classes; runs in the build only. */
@NullMarked
package dev.secureprediction.operator.api.crd;

import org.jspecify.annotations.NullMarked;
