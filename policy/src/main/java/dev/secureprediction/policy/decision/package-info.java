/** Who may do what: claims, expressions over them, and the decision. */
@NullMarked
package dev.secureprediction.policy.decision;

import org.jspecify.annotations.NullMarked;
