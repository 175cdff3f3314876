package dev.secureprediction.sandbox.cluster;

import dev.secureprediction.sandbox.SandboxException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;

/** Tokens of the cluster's own users, and the key that signs service account tokens. Made anew for each cluster. */
final class ClusterSecrets {

    static final String ADMIN = "admin";
    static final String NODE = "sandbox-node";

    private final String adminToken = token();
    private final String nodeToken = token();
    private final String controllerManagerToken = token();
    private final Path folder;

    private ClusterSecrets(Path folder) {
        this.folder = folder;
    }

    static ClusterSecrets generate(Path folder) {
        var secrets = new ClusterSecrets(folder);
        try {
            // RS256, as the clusters of cloud providers sign
            var generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            var keys = generator.generateKeyPair();
            write(secrets.signingKey(), pem("PRIVATE KEY", keys.getPrivate().getEncoded()));
            write(secrets.verificationKey(), pem("PUBLIC KEY", keys.getPublic().getEncoded()));
            write(secrets.tokenFile(), secrets.users());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        } catch (IOException e) {
            throw new SandboxException("cannot write to " + folder + ": " + e.getMessage(), e);
        }
        return secrets;
    }

    /** Columns: token, user, uid, groups (Kubernetes, static token file). */
    private String users() {
        return """
                %s,%s,admin,"system:masters"
                %s,%s,node,"system:masters"
                %s,system:kube-controller-manager,kcm
                """.formatted(adminToken, ADMIN, nodeToken, NODE, controllerManagerToken);
    }

    String adminToken() {
        return adminToken;
    }

    String nodeToken() {
        return nodeToken;
    }

    String controllerManagerToken() {
        return controllerManagerToken;
    }

    Path signingKey() {
        return folder.resolve("sa.key");
    }

    Path verificationKey() {
        return folder.resolve("sa.pub");
    }

    Path tokenFile() {
        return folder.resolve("tokens.csv");
    }

    /** Writes a file that only this user can read. */
    static void write(Path file, String content) throws IOException {
        Files.deleteIfExists(file);
        Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(file, content);
    }

    private static String token() {
        var bytes = new byte[24];
        new SecureRandom().nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    private static String pem(String type, byte[] der) {
        return "-----BEGIN " + type + "-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der) + "\n-----END " + type + "-----\n";
    }

    @Override
    public String toString() {
        return "ClusterSecrets[redacted]";
    }
}
