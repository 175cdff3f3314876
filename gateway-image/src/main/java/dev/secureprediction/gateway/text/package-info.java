/** Characters that outside text may have, looked up instead of matched by expressions. */
@NullMarked
package dev.secureprediction.gateway.text;

import org.jspecify.annotations.NullMarked;
