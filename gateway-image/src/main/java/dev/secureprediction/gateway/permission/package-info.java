/** What Google says that the gateway's own account may do. */
@NullMarked
package dev.secureprediction.gateway.permission;

import org.jspecify.annotations.NullMarked;
