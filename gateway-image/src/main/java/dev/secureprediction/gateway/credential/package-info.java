/** The gateway's own Google credential, by workload identity. No Vert.x. */
@NullMarked
package dev.secureprediction.gateway.credential;

import org.jspecify.annotations.NullMarked;
