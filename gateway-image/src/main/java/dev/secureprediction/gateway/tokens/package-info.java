/** Access tokens: issuers' keys, verification, cache, revocation. No Vert.x. */
@NullMarked
package dev.secureprediction.gateway.tokens;

import org.jspecify.annotations.NullMarked;
