/** An OpenID Connect issuer on loopback, shaped as an Okta custom authorization server. */
@NullMarked
package dev.secureprediction.sandbox.issuer;

import org.jspecify.annotations.NullMarked;
