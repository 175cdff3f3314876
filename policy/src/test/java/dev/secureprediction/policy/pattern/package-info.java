@NullMarked
package dev.secureprediction.policy.pattern;

import org.jspecify.annotations.NullMarked;
