package dev.secureprediction.operator.delivery;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.secureprediction.sandbox.cluster.ControlPlane;
import dev.secureprediction.sandbox.cluster.KubectlResult;
import dev.secureprediction.sandbox.junit.GoProgram;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Argo CD's own code, and kstatus's, in a small program: settings, Lua, differences. */
public final class ArgoCd {

    static final Path SCRIPTS = Helm.CHART.resolve("argocd");

    /** Under whose name Argo CD writes. */
    public static final String MANAGER = "--field-manager=argocd-controller";

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String HEALTH = "resource.customizations.health.secureprediction.dev_";
    private static final String ACTIONS = "resource.customizations.actions.secureprediction.dev_";

    private final GoProgram program = GoProgram.provide("argocd", ".", "");

    /** What git says and what the cluster holds; and, for a difference worked out by the server, what an apply would come to. */
    public record Pair(JsonNode config, JsonNode live, String predicted) {}

    /** The keys of argocd-cm. */
    static Map<String, String> settings() {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put(ACTIONS + "PredictionEnvironment", script("actions-environment.yaml"));
        settings.put(ACTIONS + "SecurePredictionEndpoint", script("actions-endpoint.yaml"));
        settings.put(HEALTH + "PredictionEnvironment", script("health.lua"));
        settings.put(HEALTH + "PredictionVerification", script("health-verification.lua"));
        settings.put(HEALTH + "SecurePredictionEndpoint", script("health.lua"));
        return settings;
    }

    /** For each object `health`, `kstatus`, `actions`, and what an action made of it. */
    List<JsonNode> look(Map<String, String> settings, List<? extends JsonNode> objects, String action) {
        var question = JSON.createObjectNode().put("action", action);
        question.set("settings", JSON.valueToTree(settings));
        question.set("objects", JSON.valueToTree(objects));
        return list(ask(question).path("objects"));
    }

    /** For each pair what the ordinary difference finds, then what the server-side one does; empty texts when in sync. */
    public List<String> differences(List<Pair> pairs) {
        var question = JSON.createObjectNode();
        question.set("pairs", JSON.valueToTree(pairs));
        var answer = ask(question);
        var found = new ArrayList<String>();
        list(answer.path("ordinary")).forEach(text -> found.add(text.asText()));
        list(answer.path("serverSide")).forEach(text -> found.add(text.asText()));
        return found;
    }

    /**
     * The same for what git says, against what the cluster holds and what an apply would come to there.
     *
     * @param folder for files
     */
    public List<String> differences(ControlPlane cluster, List<? extends JsonNode> git, Path folder)
            throws IOException {
        var file = Files.writeString(
                        folder.resolve("config.yaml"),
                        git.stream().map(JsonNode::toString).collect(Collectors.joining("\n---\n")))
                .toString();
        var live = items(cluster.kubectl("get", "-f", file, "-o", "json", "--show-managed-fields"));
        var predicted = items(cluster.kubectl(
                "apply",
                "--server-side",
                "--force-conflicts",
                "--dry-run=server",
                MANAGER,
                "-f",
                file,
                "-o",
                "json",
                "--show-managed-fields"));
        var pairs = new ArrayList<Pair>();
        for (int i = 0; i < git.size(); i++) {
            pairs.add(new Pair(git.get(i), live.get(i), predicted.get(i).toString()));
        }
        return differences(pairs);
    }

    /** One object comes alone, several as a list. */
    private static List<JsonNode> items(KubectlResult answer) throws IOException {
        var json = JSON.readTree(answer.orThrow());
        return json.path("kind").asText().equals("List") ? list(json.path("items")) : List.of(json);
    }

    private JsonNode ask(ObjectNode question) {
        try {
            return JSON.readTree(
                    program.run(builder -> {}, question.toString(), List.of()).orThrow());
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<JsonNode> list(JsonNode array) {
        var items = new ArrayList<JsonNode>();
        array.forEach(items::add);
        return items;
    }

    private static String script(String name) {
        try {
            return Files.readString(SCRIPTS.resolve(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
