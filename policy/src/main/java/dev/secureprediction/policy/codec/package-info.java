/** Bundles as JSON: strict reading, canonical writing, digests. */
@NullMarked
package dev.secureprediction.policy.codec;

import org.jspecify.annotations.NullMarked;
