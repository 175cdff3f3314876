@NullMarked
package dev.secureprediction.operator.render;

import org.jspecify.annotations.NullMarked;
