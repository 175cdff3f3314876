/** The Redis or Valkey server that all pods of an endpoint share: limits and answers. */
@NullMarked
package dev.secureprediction.gateway.store;

import org.jspecify.annotations.NullMarked;
