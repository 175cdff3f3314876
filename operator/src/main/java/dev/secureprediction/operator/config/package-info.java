/** The operator's own settings; the only package that reads flags and the environment. */
@NullMarked
package dev.secureprediction.operator.config;

import org.jspecify.annotations.NullMarked;
