package dev.secureprediction.cli.pages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.secureprediction.sandbox.Sandbox;
import dev.secureprediction.sandbox.cloud.GoogleCloud;
import dev.secureprediction.sandbox.junit.GoProgram;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Somebody who follows one page, block by block, in one terminal. */
final class Reader implements AutoCloseable {

    private static final String ADMINISTRATOR = "user:platform@example.com";

    private final Story.Read page;
    private final ReadersPlace place;
    private final ReadersPrograms programs;
    private final Map<String, String> shared;
    private final Deque<Runnable> atEnd = new ArrayDeque<>();
    private @Nullable ReadersShell shell;

    /**
     * Does not begin yet.
     *
     * @param shared variables of everybody
     */
    Reader(Story.Read page, ReadersPlace place, ReadersPrograms programs, Map<String, String> shared) {
        this.page = page;
        this.place = place;
        this.programs = programs;
        this.shared = Map.copyOf(shared);
    }

    void follow(Block block) {
        assumeTrue(!block.run().equals("gcloud") || Gcloud.isInstalled(), "gcloud is not installed");
        Landscape.tellAddresses(place.sandbox());
        var answer = terminal().run(programs.withPorts(place.localised(block.text())), block.exit());
        if (answer.exit() != block.exit()) {
            shell = null; // the next block is tried in a new one
        }
        assertThat(answer.exit())
                .as("%s%n%s%n--- it said:%n%s", block, block.text(), answer.output())
                .isEqualTo(block.exit());
        if (!block.prints().isEmpty()) {
            assertThat(answer.output()).as("%s printed", block).containsSubsequence(block.prints());
        }
    }

    private ReadersShell terminal() {
        if (shell == null) {
            shell = new ReadersShell(place.folder(), environment(), programs.functions());
            atEnd.push(shell::close);
            var given = shell.run(programs.withPorts(place.localised(page.given())), 0);
            assertThat(given.exit())
                    .as("before %s:%n%s", page.page(), given.output())
                    .isZero();
        }
        return Objects.requireNonNull(shell);
    }

    private Map<String, String> environment() {
        Sandbox sandbox = place.sandbox();
        var cloud = page.hasOwnCloud() ? ownCloud(sandbox) : sandbox.cloud();
        Map<String, String> environment = new HashMap<>(Gcloud.environment(
                place.folder().resolve("gcloud"),
                cloud.url(),
                cloud.state().accessToken(ADMINISTRATOR),
                sandbox.description().authority()));
        environment.putAll(shared);
        environment.put("CURL_CA_BUNDLE", sandbox.description().authority().toString());
        environment.put("SPE_SANDBOX", sandbox.description().id());
        return environment;
    }

    private GoogleCloud ownCloud(Sandbox sandbox) {
        var cloud = GoogleCloud.start(sandbox.authority(), Landscape.bare());
        atEnd.push(cloud::close);
        return cloud;
    }

    /** What everybody has: a cluster, kubectl and Helm. */
    static Map<String, String> equipment(Sandbox sandbox, Path folder, Path parsedOnly, Story story) {
        Path kubectl = Objects.requireNonNull(sandbox.description().kubectl().getParent());
        Path helm = Objects.requireNonNull(GoProgram.helm().file().getParent());
        return Map.of(
                "PATH",
                kubectl + ":" + helm + ":" + System.getenv("PATH"),
                "KUBECONFIG",
                Landscape.kubeconfig(sandbox, folder).toString(),
                "HELM_CACHE_HOME",
                folder.resolve("helm/cache").toString(),
                "HELM_CONFIG_HOME",
                folder.resolve("helm/config").toString(),
                "HELM_DATA_HOME",
                folder.resolve("helm/data").toString(),
                "ASSESSOR_TOKEN",
                sandbox.issuer()
                        .newToken()
                        .subject("assessor@example.com")
                        .audience("api://prediction-screened")
                        .claim("groups", List.of("claims-assessors"))
                        .build(),
                "PARSED_ONLY",
                parsedOnly.toString(),
                "PARSED_COMMANDS",
                story.parsedOnly().stream()
                        .map(command -> command.command().replaceFirst("^gcloud ", ""))
                        .collect(Collectors.joining("\n")));
    }

    @Override
    public void close() {
        while (!atEnd.isEmpty()) {
            atEnd.pop().run();
        }
    }
}
