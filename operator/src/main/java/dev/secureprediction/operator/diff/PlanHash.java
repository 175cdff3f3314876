package dev.secureprediction.operator.diff;

import dev.secureprediction.operator.cloud.Change;
import dev.secureprediction.operator.cloud.DesiredCloud;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/**
 * What an approval names: a hash over what is wanted and over every difference to what was found. When either changes, so
 * does the hash, and an approval of the earlier plan is void. What is destroyed counts with all that is known of it: another
 * deployment of the same version is another one.
 */
public final class PlanHash {

    private PlanHash() {}

    /** `sha256:` and 64 hex digits. */
    public static String of(DesiredCloud desired, List<Change> changes) {
        try {
            MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
            sha256.update(desired.toString().getBytes(StandardCharsets.UTF_8));
            for (Change change : changes) {
                sha256.update((byte) 0);
                Record told = change.destructive() ? (Record) change : change.difference();
                sha256.update(told.toString().getBytes(StandardCharsets.UTF_8));
            }
            return "sha256:" + HexFormat.of().formatHex(sha256.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java runtime has SHA-256", e);
        }
    }
}
