/** Google's clients against the sandbox's cloud, and the parts that need none. */
@NullMarked
package dev.secureprediction.operator.cloud.google;

import org.jspecify.annotations.NullMarked;
