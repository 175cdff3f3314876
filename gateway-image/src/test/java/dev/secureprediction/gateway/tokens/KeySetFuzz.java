package dev.secureprediction.gateway.tokens;

/** Fuzz target: key sets as a broken or hostile issuer serves them. */
public final class KeySetFuzz {
    private static final SignatureProvider PROVIDER = SignatureProvider.jdk();

    private KeySetFuzz() {}

    public static void fuzzerTestOneInput(byte[] input) {
        KeySet.parse(input, PROVIDER);
    }
}
