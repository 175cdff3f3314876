@NullMarked
package dev.secureprediction.operator.config;

import org.jspecify.annotations.NullMarked;
