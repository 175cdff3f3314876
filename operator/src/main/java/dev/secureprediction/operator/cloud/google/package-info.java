/** The port to Google Cloud, with Google's own clients. The only package that imports Google types. */
@NullMarked
package dev.secureprediction.operator.cloud.google;

import org.jspecify.annotations.NullMarked;
