@NullMarked
package dev.secureprediction.operator.tls;

import org.jspecify.annotations.NullMarked;
