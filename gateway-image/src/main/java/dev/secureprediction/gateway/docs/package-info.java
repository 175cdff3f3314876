/** What callers can read of an endpoint: its OpenAPI document and a page that shows it. */
@NullMarked
package dev.secureprediction.gateway.docs;

import org.jspecify.annotations.NullMarked;
