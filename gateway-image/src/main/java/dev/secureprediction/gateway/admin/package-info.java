/** The admin port: probes, metrics, the policy in force. */
@NullMarked
package dev.secureprediction.gateway.admin;

import org.jspecify.annotations.NullMarked;
