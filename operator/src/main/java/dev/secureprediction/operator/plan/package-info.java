/** One pure step from a resolved endpoint to all that should exist for it, in Google Cloud and in the cluster. */
@NullMarked
package dev.secureprediction.operator.plan;

import org.jspecify.annotations.NullMarked;
