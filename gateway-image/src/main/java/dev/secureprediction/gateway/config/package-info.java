/** What the environment says; the only reader of it. */
@NullMarked
package dev.secureprediction.gateway.config;

import org.jspecify.annotations.NullMarked;
