package dev.secureprediction.gateway.credential;

import java.io.IOException;

/** Mints access tokens; blocks. */
@FunctionalInterface
public interface TokenSource {

    AccessToken mint() throws IOException;
}
