/** JSON Schemas for request bodies, bounded in what they cost. */
@NullMarked
package dev.secureprediction.policy.schema;

import org.jspecify.annotations.NullMarked;
