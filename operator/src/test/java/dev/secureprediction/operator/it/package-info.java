/** The operator as a process on a real control plane, with a cloud that enforces and gateways that run. */
@NullMarked
package dev.secureprediction.operator.it;

import org.jspecify.annotations.NullMarked;
