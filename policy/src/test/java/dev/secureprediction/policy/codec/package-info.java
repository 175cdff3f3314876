@NullMarked
package dev.secureprediction.policy.codec;

import org.jspecify.annotations.NullMarked;
