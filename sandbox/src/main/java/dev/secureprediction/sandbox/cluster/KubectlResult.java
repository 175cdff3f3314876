package dev.secureprediction.sandbox.cluster;

import dev.secureprediction.sandbox.SandboxException;

/**
 * What a run of kubectl gave.
 *
 * @param exitCode 0 when it succeeded
 * @param output standard output
 * @param errors standard error
 */
public record KubectlResult(int exitCode, String output, String errors) {

    /** Standard output of a run that must succeed. */
    public String orThrow() {
        if (exitCode != 0) {
            throw new SandboxException("kubectl failed: " + errors.strip());
        }
        return output;
    }
}
