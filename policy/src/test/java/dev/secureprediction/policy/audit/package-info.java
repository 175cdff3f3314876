@NullMarked
package dev.secureprediction.policy.audit;

import org.jspecify.annotations.NullMarked;
