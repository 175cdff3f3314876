package dev.secureprediction.gateway.server;

import dev.secureprediction.gateway.policy.PolicyDirectory;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.ServerSSLOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/** Certificate and key as a kubelet keeps them. */
public final class TlsFiles {
    private static final String CERTIFICATE = "tls.crt";
    private static final String KEY = "tls.key";

    private final PolicyDirectory directory;

    public TlsFiles(Path directory) {
        this.directory = PolicyDirectory.of(directory, CERTIFICATE, KEY);
    }

    /** Differs whenever the files may differ. */
    public String stamp() {
        return directory.stamp();
    }

    /**
     * Certificate and key as they are now.
     *
     * @throws IOException when one of the two is not there; the message names it
     */
    public ServerSSLOptions read() throws IOException {
        return new ServerSSLOptions()
                .setKeyCertOptions(
                        new PemKeyCertOptions().addCertValue(bytes(CERTIFICATE)).addKeyValue(bytes(KEY)))
                .setEnabledSecureTransportProtocols(Set.of("TLSv1.2", "TLSv1.3"))
                .setUseAlpn(true)
                .setApplicationLayerProtocols(List.of("h2", "http/1.1"));
    }

    private Buffer bytes(String name) throws IOException {
        return Buffer.buffer(directory.read(name).orElseThrow(() -> new IOException(name + " is not there")));
    }
}
