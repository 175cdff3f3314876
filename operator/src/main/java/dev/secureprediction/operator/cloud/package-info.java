/** The port to Google Cloud: what should be there, what is there, and how one becomes the other. */
@NullMarked
package dev.secureprediction.operator.cloud;

import org.jspecify.annotations.NullMarked;
