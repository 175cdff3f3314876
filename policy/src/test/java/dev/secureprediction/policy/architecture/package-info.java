/** Rules about the code itself. */
@NullMarked
package dev.secureprediction.policy.architecture;

import org.jspecify.annotations.NullMarked;
