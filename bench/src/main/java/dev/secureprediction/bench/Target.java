package dev.secureprediction.bench;

import java.util.Optional;
import javax.net.ssl.SSLContext;

/**
 * An address to send load to.
 *
 * @param host address
 * @param port TCP port
 * @param tls trust for TLS; absent: plain HTTP
 */
record Target(String host, int port, Optional<SSLContext> tls) {}
