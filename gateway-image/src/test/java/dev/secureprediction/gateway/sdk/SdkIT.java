package dev.secureprediction.gateway.sdk;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * The SDKs that callers really use, as they install them, against gateway and cloud. Each check of `src/test/sdk` is a test
 * of its own.
 */
final class SdkIT {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static Optional<SdkWorld> world = Optional.empty();

    @BeforeAll
    static void start() throws Exception {
        if (Packages.pythonMissing().isEmpty() || Packages.nodeMissing().isEmpty()) {
            world = Optional.of(new SdkWorld());
        }
    }

    @AfterAll
    static void stop() {
        world.ifPresent(SdkWorld::close);
    }

    @TestFactory
    List<DynamicTest> googleGenAi() throws Exception {
        return python("python", "check_genai.py");
    }

    @TestFactory
    List<DynamicTest> openAiAndLangChain() throws Exception {
        return python("python", "check_openai.py");
    }

    @TestFactory
    List<DynamicTest> anthropic() throws Exception {
        return python("python", "check_anthropic.py");
    }

    @TestFactory
    List<DynamicTest> tritonAndKServe() throws Exception {
        return python("python", "check_inference.py");
    }

    @TestFactory
    List<DynamicTest> langChainOpenInferenceAndOpenApi() throws Exception {
        return python("langchain", "check_langchain.py");
    }

    @TestFactory
    List<DynamicTest> googleCloudAiPlatform() throws Exception {
        return python("aiplatform", "check_aiplatform.py");
    }

    @TestFactory
    List<DynamicTest> fastApiSample() throws Exception {
        assumeNot(Packages.pythonMissing());
        return python(Packages.pythonOfSample("fastapi"), "fastapi/check_fastapi.py");
    }

    @TestFactory
    List<DynamicTest> node() throws Exception {
        assumeNot(Packages.nodeMissing());
        Path home = Packages.node();
        // modules are looked for beside the script
        Path script = Files.copy(
                Packages.sources().resolve("node/check.mjs"),
                home.resolve("check.mjs"),
                StandardCopyOption.REPLACE_EXISTING);
        return tests("node", home, "node", script.toString());
    }

    private static List<DynamicTest> python(String list, String script) throws Exception {
        assumeNot(Packages.pythonMissing());
        return python(Packages.python(list), list + "/" + script);
    }

    private static List<DynamicTest> python(Path python, String script) throws Exception {
        Path file = Packages.sources().resolve(script);
        return tests(file.getFileName().toString(), Packages.sources(), python.toString(), file.toString());
    }

    private static void assumeNot(Optional<String> missing) {
        Assumptions.assumeTrue(missing.isEmpty(), missing.orElse(""));
    }

    private static List<DynamicTest> tests(String name, Path folder, String... command) throws Exception {
        SdkWorld running = world.orElseThrow();
        List<DynamicTest> tests = new ArrayList<>();
        Path log = running.folder().resolve(name + ".log");
        for (String line : Packages.results(log, folder, running.environment(), command)) {
            JsonNode result = JSON.readTree(line);
            tests.add(DynamicTest.dynamicTest(
                    result.path("check").asText(),
                    () -> assertThat(result.path("failure").asText())
                            .as(running.logs())
                            .isEmpty()));
        }
        return tests;
    }
}
