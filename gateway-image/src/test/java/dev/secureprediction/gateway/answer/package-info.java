@NullMarked
package dev.secureprediction.gateway.answer;

import org.jspecify.annotations.NullMarked;
