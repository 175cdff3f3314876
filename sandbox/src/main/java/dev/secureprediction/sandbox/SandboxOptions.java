package dev.secureprediction.sandbox;

import dev.secureprediction.sandbox.cloud.CloudSeed;
import dev.secureprediction.sandbox.node.NodeOptions;
import dev.secureprediction.sandbox.process.UserCache;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What a sandbox is made of.
 *
 * @param images folders with an {@code image.json}, which the node can run
 * @param seed what the cloud holds from the start
 * @param node how the node behaves; what it adds to containers' environments is completed by the sandbox
 * @param identityPool the cluster's workload identity pool, {@code PROJECT.svc.id.goog}
 * @param cache where binaries are kept and work folders are made
 */
public record SandboxOptions(
        List<Path> images, CloudSeed seed, NodeOptions node, String identityPool, UserCache cache) {

    /** The second compiler pays for itself after minutes of calls only. */
    private static final String QUICK = "-XX:TieredStopAtLevel=1";

    private static final String POOL_SUFFIX = ".svc.id.goog";

    public SandboxOptions {
        images = List.copyOf(images);
        if (!identityPool.endsWith(POOL_SUFFIX)) {
            throw new IllegalArgumentException(
                    "identityPool: expected PROJECT" + POOL_SUFFIX + ", not " + identityPool);
        }
    }

    /** The landscape of the samples. */
    public static SandboxOptions withImages(Path... images) {
        return new SandboxOptions(
                List.of(images),
                CloudSeed.sandbox(),
                NodeOptions.defaults(),
                "acme-platform" + POOL_SUFFIX,
                UserCache.ofUser());
    }

    public SandboxOptions withNode(NodeOptions value) {
        return new SandboxOptions(images, seed, value, identityPool, cache);
    }

    public SandboxOptions withSeed(CloudSeed value) {
        return new SandboxOptions(images, value, node, identityPool, cache);
    }

    /**
     * For pods that live for minutes and serve few calls: their JVMs compile quickly rather than well, which takes about half the
     * work of a gateway's start. Not for measurements.
     */
    public SandboxOptions withShortLivedPods() {
        Map<String, String> environment = new HashMap<>(node.environment());
        environment.merge(NodeOptions.JAVA_OPTIONS, QUICK, (own, quick) -> quick + " " + own);
        return withNode(node.withEnvironment(environment));
    }

    /** The project of the pool. */
    String poolProject() {
        return identityPool.substring(0, identityPool.length() - POOL_SUFFIX.length());
    }
}
