package dev.secureprediction.sandbox.cluster;

import dev.secureprediction.sandbox.SandboxException;
import java.io.IOException;
import java.nio.file.Path;

/** A kubeconfig file for one user of the cluster. */
public final class Kubeconfig {

    private Kubeconfig() {}

    /** With the token itself in it. */
    static void withToken(Path file, String server, Path authority, String user, String token) {
        write(file, server, authority, user, "token: " + token);
    }

    /**
     * With the path of a file that somebody keeps fresh, as kubectl and client-go read it.
     *
     * @param server address of the API server
     * @param authority PEM file with its certificate authority
     */
    public static void withTokenFile(Path file, String server, Path authority, String user, Path tokenFile) {
        write(file, server, authority, user, "tokenFile: " + tokenFile);
    }

    private static void write(Path file, String server, Path authority, String user, String credential) {
        try {
            ClusterSecrets.write(file, """
                    apiVersion: v1
                    kind: Config
                    current-context: sandbox
                    contexts:
                    - name: sandbox
                      context: {cluster: sandbox, user: "%s"}
                    clusters:
                    - name: sandbox
                      cluster: {server: "%s", certificate-authority: "%s"}
                    users:
                    - name: "%s"
                      user: {%s}
                    """.formatted(user, server, authority, user, credential));
        } catch (IOException e) {
            throw new SandboxException("cannot write " + file + ": " + e.getMessage(), e);
        }
    }
}
