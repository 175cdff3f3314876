/** Regular expressions and kinds of sensitive data, as far as a policy must be checked for them. */
@NullMarked
package dev.secureprediction.policy.pattern;

import org.jspecify.annotations.NullMarked;
