/** Images as a node would run them. */
@NullMarked
package dev.secureprediction.images;

import org.jspecify.annotations.NullMarked;
