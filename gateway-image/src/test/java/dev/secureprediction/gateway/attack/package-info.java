/** The attack list against the gateway as a process; each test is named by its line. */
@NullMarked
package dev.secureprediction.gateway.attack;

import org.jspecify.annotations.NullMarked;
