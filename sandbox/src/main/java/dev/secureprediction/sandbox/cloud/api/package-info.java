/** How the state is reached: gRPC services, their REST routes, and the check before each call. */
@NullMarked
package dev.secureprediction.sandbox.cloud.api;

import org.jspecify.annotations.NullMarked;
