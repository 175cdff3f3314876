package dev.secureprediction.gateway.surface;

import java.nio.charset.StandardCharsets;

/** Fuzz target: paths of every surface, and of none. */
public final class PathFuzz {
    private PathFuzz() {}

    public static void fuzzerTestOneInput(byte[] input) {
        String path = new String(input, StandardCharsets.ISO_8859_1);
        SurfaceRegistry.standard().match("POST", path);
        SurfaceRegistry.standard().match("GET", path);
    }
}
