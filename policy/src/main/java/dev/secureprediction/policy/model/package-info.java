/** The bundle a gateway loads: immutable records, written by the operator and read by the gateway. */
@NullMarked
package dev.secureprediction.policy.model;

import org.jspecify.annotations.NullMarked;
