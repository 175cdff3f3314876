/** What has to change so that observed becomes desired. Pure. */
@NullMarked
package dev.secureprediction.operator.diff;

import org.jspecify.annotations.NullMarked;
