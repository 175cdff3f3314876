/** What conditions say of what was seen. */
@NullMarked
package dev.secureprediction.operator.status;

import org.jspecify.annotations.NullMarked;
