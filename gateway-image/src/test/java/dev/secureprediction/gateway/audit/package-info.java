@NullMarked
package dev.secureprediction.gateway.audit;

import org.jspecify.annotations.NullMarked;
