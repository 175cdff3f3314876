/** Connections to models: HTTP/1.1 over TLS, kept alive. Netty alone; everything of one event loop stays on it. */
@NullMarked
package dev.secureprediction.gateway.upstream;

import org.jspecify.annotations.NullMarked;
