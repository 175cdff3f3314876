package dev.secureprediction.operator.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.secureprediction.operator.api.Yaml;
import dev.secureprediction.operator.delivery.ArgoCd;
import dev.secureprediction.sandbox.Sandbox;
import dev.secureprediction.sandbox.cluster.ControlPlane;
import dev.secureprediction.sandbox.junit.SandboxTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What stands under a running operator is in sync with git, by Argo CD's own comparison; what somebody adds by hand to a contract, a
 * grant or a requirement is not, and the next sync takes it out again, as self-heal would.
 */
@SandboxTest
@TestInstance(Lifecycle.PER_CLASS)
final class HealingIT {

    private static final String HEALED = """
            SecurePredictionEndpoint | add     | /spec/contract/access/roles/-       | {"name":"mallory","when":"true","actions":["Predict"]}
            SecurePredictionEndpoint | replace | /spec/contract/access/roles/0/when  | "true"
            PredictionEnvironment    | add     | /spec/allow/-                       | {"namespaces":{"matchLabels":{"team":"mallory"}},"models":["churn"]}
            PredictionEnvironment    | add     | /spec/allow/0/models/-              | "publishers/anthropic/models/*"
            PredictionEnvironment    | add     | /spec/issuers/0/audiences/-         | "api://mallory"
            PredictionEnvironment    | replace | /spec/require/maxTokenLifetimeSeconds | 86400
            """;

    /** Keys that git does not state: the ordinary comparison and the client's apply know nothing of them. */
    private static final String HEALED_BY_THE_SERVER = """
            SecurePredictionEndpoint | add     | /spec/contract/audit                | {"prompts":"Full"}
            SecurePredictionEndpoint | add     | /spec/placement/bindings/admins     | "everybody"
            PredictionEnvironment    | add     | /spec/require/audit                 | {"onFailure":"Drop"}
            PredictionEnvironment    | add     | /spec/allow/0/plaintext             | true
            """;

    private final Sandbox sandbox;
    private final Path folder;
    private final ArgoCd argoCd = new ArgoCd();
    private final Map<Way, Stage> standing = new EnumMap<>(Way.class);

    /** How Argo CD applies and compares. */
    enum Way {
        SERVER,
        CLIENT;

        String environment() {
            return "healed-" + name().toLowerCase(Locale.ROOT);
        }
    }

    HealingIT(Sandbox sandbox, @TempDir Path folder) {
        this.sandbox = sandbox;
        this.folder = folder;
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void whatStandsIsInSync(Way way) throws IOException {
        // given what git says, applied, and an operator that made it true and wrote into the same objects
        var stage = stands(way);
        assertThat(stage.endpoint("chat").orElseThrow().getMetadata().getFinalizers())
                .isNotEmpty();
        // then neither comparison finds anything
        assertThat(git(stage)).hasSize(2);
        isInSync(git(stage));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\0', textBlock = HEALED + HEALED_BY_THE_SERVER)
    void whatSomebodyAddsIsHealedWhereTheServerApplies(String kind, String how, String path, String value)
            throws IOException {
        heals(Way.SERVER, kind, how, path, value);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\0', textBlock = HEALED)
    void whatSomebodyAddsIsHealedWhereTheClientApplies(String kind, String how, String path, String value)
            throws IOException {
        heals(Way.CLIENT, kind, how, path, value);
    }

    /** Whoever is on call breaks the glass by hand, and no self-heal takes it back before its end. */
    @Test
    void whatGitDoesNotSpeakOfIsLeftAlone() throws IOException {
        // given
        var stage = stands(Way.SERVER);
        byHand(
                stage,
                "PredictionEnvironment",
                "add",
                "/spec/revoked",
                "{\"subjects\":[{\"issuer\":\"okta\",\"subject\":\"m\"}]}");
        // then it is no difference, and stays over a sync
        isInSync(git(stage));
        sync(Way.SERVER, stage);
        assertThat(spec(stage, "PredictionEnvironment").path("revoked").path("subjects"))
                .hasSize(1);
        byHand(stage, "PredictionEnvironment", "remove", "/spec/revoked", "null");
    }

    private void heals(Way way, String kind, String how, String path, String value) throws IOException {
        // given
        var stage = stands(way);
        var before = spec(stage, kind);
        // when somebody edits it by hand
        byHand(stage, kind, how, path, value);
        assertThat(spec(stage, kind)).isNotEqualTo(before);
        // then Argo CD sees that, by the comparison that goes with the way of applying
        var config = git(stage).stream()
                .filter(document -> document.path("kind").asText().equals(kind))
                .toList();
        var found = argoCd.differences(cluster(), config, folder);
        assertThat(way == Way.SERVER ? found.getLast() : found.getFirst()).isNotEmpty();
        // and what it does about that brings back what git says
        sync(way, stage);
        assertThat(spec(stage, kind)).isEqualTo(before);
        isInSync(config);
    }

    /** Soon: both comparisons look twice, and between the looks the operator may write a status. */
    private void isInSync(List<JsonNode> config) {
        await().atMost(Platform.LONG)
                .untilAsserted(() -> assertThat(argoCd.differences(cluster(), config, folder))
                        .hasSize(2 * config.size())
                        .containsOnly(""));
    }

    /** Applied as git has it, and Ready. */
    private Stage stands(Way way) throws IOException {
        var known = standing.get(way);
        if (known != null) {
            return known;
        }
        var stage = new Stage(Platform.installed(sandbox), way.environment());
        stage.platform().apply(Environments.namespaces(stage.name(), stage.name()));
        sync(way, stage);
        stage.awaitReady("chat");
        standing.put(way, stage);
        return stage;
    }

    private void sync(Way way, Stage stage) throws IOException {
        var words = new ArrayList<>(
                List.of("apply", ArgoCd.MANAGER, "-f", inGit(stage).toString()));
        if (way == Way.SERVER) {
            words.addAll(List.of("--server-side", "--force-conflicts"));
        }
        cluster().kubectl(words.toArray(String[]::new)).orThrow();
    }

    private List<JsonNode> git(Stage stage) throws IOException {
        return List.copyOf(Yaml.documents(inGit(stage)));
    }

    private Path inGit(Stage stage) throws IOException {
        return Files.writeString(folder.resolve("git.yaml"), """
                %s
                ---
                apiVersion: secureprediction.dev/v1alpha1
                kind: SecurePredictionEndpoint
                metadata: {name: chat, namespace: %s}
                spec:
                  environmentRef: {name: %s}
                  contract:
                    model: {publisher: {publisher: google, name: gemini-2.5-flash}}
                    access: {roles: [{name: analyst, when: bindings.analysts in claims.groups, actions: [Predict]}]}
                  placement: {bindings: {analysts: ml-analysts-qa}}
                  deletionPolicy: Delete
                """.formatted(
                Environments.environment(sandbox, stage.name(), "api://" + stage.name(), """
                                allow:
                                - namespaces: {matchLabels: {stage: %s}}
                                  models: ["publishers/google/models/gemini-*"]
                                require: {maxTokenLifetimeSeconds: 3600}
                                drift: {intervalSeconds: 10}
                                """.formatted(stage.name())),
                stage.team(),
                stage.name()));
    }

    private void byHand(Stage stage, String kind, String how, String path, String value) {
        var words = new ArrayList<>(List.of(
                "patch",
                kind,
                name(stage, kind),
                "--type=json",
                "--patch",
                "[{\"op\":\"%s\",\"path\":\"%s\",\"value\":%s}]".formatted(how, path, value)));
        words.addAll(where(stage, kind));
        cluster().kubectl(words.toArray(String[]::new)).orThrow();
    }

    private JsonNode spec(Stage stage, String kind) throws IOException {
        var words = new ArrayList<>(List.of("get", kind, name(stage, kind), "-o", "json"));
        words.addAll(where(stage, kind));
        var found = Files.writeString(
                folder.resolve("found.json"),
                cluster().kubectl(words.toArray(String[]::new)).orThrow());
        return Objects.requireNonNull(Yaml.documents(found).getFirst().path("spec"));
    }

    private static String name(Stage stage, String kind) {
        return kind.equals("PredictionEnvironment") ? stage.name() : "chat";
    }

    private static List<String> where(Stage stage, String kind) {
        return kind.equals("PredictionEnvironment") ? List.of() : List.of("--namespace=" + stage.team());
    }

    private ControlPlane cluster() {
        return sandbox.cluster();
    }
}
