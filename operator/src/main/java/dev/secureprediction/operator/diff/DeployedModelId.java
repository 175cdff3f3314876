package dev.secureprediction.operator.diff;

import dev.secureprediction.operator.cloud.DesiredDeployment;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * The id of a deployment, chosen by us: an operator killed between beginning it and noting the operation's name asks
 * for the same id again, which Google refuses, instead of deploying twice.
 */
final class DeployedModelId {

    private static final long RANGE = 9_000_000_000L;

    private DeployedModelId() {}

    /**
     * Ten digits, the first not zero.
     *
     * @param salt what differs between one deployment and a later one of the same model: the endpoint's last update
     */
    static String of(DesiredDeployment deployment, String version, String salt) {
        String text = String.join("\n", deployment.modelId(), version, deployment.machineType(), salt);
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return Long.toString(
                    RANGE / 9 + Long.remainderUnsigned(ByteBuffer.wrap(hash).getLong(), RANGE));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java runtime has SHA-256", e);
        }
    }
}
