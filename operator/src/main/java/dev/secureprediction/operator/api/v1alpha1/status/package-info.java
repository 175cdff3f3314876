/** What the operator reports on the custom resources. */
@NullMarked
package dev.secureprediction.operator.api.v1alpha1.status;

import org.jspecify.annotations.NullMarked;
