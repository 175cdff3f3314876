/** The policy in force: one immutable snapshot, reloaded from files. No Vert.x. */
@NullMarked
package dev.secureprediction.gateway.policy;

import org.jspecify.annotations.NullMarked;
