@NullMarked
package dev.secureprediction.gateway.docs;

import org.jspecify.annotations.NullMarked;
