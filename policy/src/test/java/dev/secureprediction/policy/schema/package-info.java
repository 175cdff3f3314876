@NullMarked
package dev.secureprediction.policy.schema;

import org.jspecify.annotations.NullMarked;
