/** Google's error model: canonical codes, its texts and its details. */
@NullMarked
package dev.secureprediction.sandbox.cloud.error;

import org.jspecify.annotations.NullMarked;
