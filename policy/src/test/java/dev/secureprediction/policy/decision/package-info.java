@NullMarked
package dev.secureprediction.policy.decision;

import org.jspecify.annotations.NullMarked;
