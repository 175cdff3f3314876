@NullMarked
package dev.secureprediction.operator.permission;

import org.jspecify.annotations.NullMarked;
