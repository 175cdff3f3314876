package dev.secureprediction.sandbox.node;

import dev.secureprediction.sandbox.process.LoopbackRange;
import dev.secureprediction.sandbox.process.WorkFolder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.nio.file.Path;

/**
 * What the parts of a node share.
 *
 * @param client acts as the node
 * @param server address of the API server
 * @param authority PEM file with the authority of the API server's certificate
 */
record NodeContext(
        KubernetesClient client,
        String server,
        Path authority,
        NodeOptions options,
        ImageStore images,
        LoopbackRange addresses,
        WorkFolder workFolder) {

    String name() {
        return options.name();
    }

    String address() {
        return addresses.nodeAddress();
    }
}
