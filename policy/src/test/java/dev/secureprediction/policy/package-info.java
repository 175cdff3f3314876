@NullMarked
package dev.secureprediction.policy;

import org.jspecify.annotations.NullMarked;
