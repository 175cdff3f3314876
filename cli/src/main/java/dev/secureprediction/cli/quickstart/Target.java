package dev.secureprediction.cli.quickstart;

import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;

/**
 * One endpoint as a caller sees it.
 *
 * @param environment name of its environment
 * @param url where the endpoint's status says it is
 * @param forwarded loopback address that reaches it from outside the cluster
 * @param authority PEM file of the authority that its certificate is from
 * @param modelPath path of the model, without the method
 * @param audience audience that its tokens must have
 */
public record Target(
        String environment, URI url, InetSocketAddress forwarded, Path authority, String modelPath, String audience) {

    /** A line to paste; `spe` prints the token. */
    public String curl() {
        return """
                curl --cacert %s --connect-to ::%s:%d -H "Authorization: Bearer $(./spe token analyst@example.com --environment %s)" \
                -H 'Content-Type: application/json' -d '%s' %s%s:generateContent""".formatted(
                authority, forwarded.getHostString(), forwarded.getPort(), environment, Calls.QUESTION, url, modelPath);
    }
}
