package dev.secureprediction.gateway.support;

import dev.secureprediction.sandbox.tls.Authority;
import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Makes `target/dist/gateway.aot`, the ahead-of-time cache that the image's JVM starts with (JEP 514, JEP 515): runs the
 * gateway once under calls as they will come. Without the file the gateway starts all the same, only slower, so that a
 * failure here is said and nothing else.
 */
public final class AotCache {
    private static final Path CACHE = GatewayProcess.DIST.resolve("gateway.aot").toAbsolutePath();
    private static final Path JARS = GatewayProcess.DIST.resolve("gateway.aot.jars");
    private static final String ADDRESS = "127.62.1.1";

    private AotCache() {}

    /** Makes the file unless it fits the jars that are there. */
    public static void main(String[] arguments) {
        try {
            String jars = jars();
            if (Files.exists(CACHE)
                    && Files.exists(JARS)
                    && Files.readString(JARS).equals(jars)) {
                return;
            }
            Files.deleteIfExists(CACHE);
            train();
            Files.writeString(JARS, jars);
        } catch (Exception e) {
            System.err.println("no ahead-of-time cache, the gateway will start slower: " + e);
        }
        System.exit(0); // servers of the world leave threads behind
    }

    /** What the JVM compares before it uses the file: names, sizes and times of the jars. */
    private static String jars() throws IOException {
        try (Stream<Path> jars = Files.list(GatewayProcess.DIST.resolve("lib"))) {
            List<String> lines = new ArrayList<>();
            for (Path jar : jars.sorted().toList()) {
                lines.add(jar.getFileName() + " " + Files.size(jar) + " " + Files.getLastModifiedTime(jar));
            }
            return lines.stream().collect(Collectors.joining("\n"));
        }
    }

    private static void train() throws Exception {
        Path folder = GatewayWorld.newFolder();
        Path next = folder.resolve("next.aot");
        Authority authority = Authority.create();
        Path tls = Files.createDirectory(folder.resolve("tls"));
        authority.certificate(ADDRESS).writeTo(tls);
        Map<String, String> environment =
                Map.of("SPE_TLS_DIRECTORY", tls.toString(), "SPE_BIND_ADDRESS", ADDRESS, "SPE_DRAIN_SECONDS", "1");
        try (GatewayWorld world =
                        GatewayWorld.start(folder, Policies::limited, environment, command -> training(command, next));
                HttpClient client = HttpClient.newBuilder()
                        .sslContext(authority.clientContext())
                        .build()) {
            new TrainingLoad(world, client).run();
            world.gateway().admin("/metrics");
            world.gateway().policy();
            world.gateway().terminate();
            world.gateway().process().onExit().get(120, TimeUnit.SECONDS);
        }
        Files.move(next, CACHE, StandardCopyOption.REPLACE_EXISTING);
    }

    private static List<String> training(List<String> command, Path cache) {
        List<String> changed = new ArrayList<>(command);
        changed.removeIf(argument -> argument.startsWith("-XX:AOTCache="));
        changed.add(1, "-XX:AOTCacheOutput=" + cache);
        return changed;
    }
}
