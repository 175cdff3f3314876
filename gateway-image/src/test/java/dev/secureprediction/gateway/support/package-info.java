/** What tests of the gateway as a process stand on: the process, a model, a metadata server, policies. */
@NullMarked
package dev.secureprediction.gateway.support;

import org.jspecify.annotations.NullMarked;
