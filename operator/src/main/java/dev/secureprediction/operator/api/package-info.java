/** The custom resources and how their definitions are generated. */
@NullMarked
package dev.secureprediction.operator.api;

import org.jspecify.annotations.NullMarked;
