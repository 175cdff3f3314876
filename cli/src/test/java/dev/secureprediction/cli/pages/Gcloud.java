package dev.secureprediction.cli.pages;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Google's own command line, where it is installed: against the sandbox's cloud, or held against its grammar only. */
final class Gcloud {

    private Gcloud() {}

    static boolean isInstalled() {
        return List.of(System.getenv("PATH").split(":", -1)).stream()
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, "gcloud")));
    }

    /** So that it asks the cloud there, as the platform's administrator, and nobody else. */
    static Map<String, String> environment(Path configuration, String cloud, String token, Path authority) {
        Map<String, String> environment = new HashMap<>();
        environment.put("CLOUDSDK_CONFIG", configuration.toString());
        environment.put("CLOUDSDK_AUTH_ACCESS_TOKEN", token);
        environment.put("CLOUDSDK_CORE_DISABLE_PROMPTS", "1");
        environment.put("CLOUDSDK_CORE_DISABLE_USAGE_REPORTING", "1");
        environment.put("CLOUDSDK_CORE_CUSTOM_CA_CERTS_FILE", authority.toString());
        environment.put(
                "REQUESTS_CA_BUNDLE", authority.toString()); // where it is set it wins over gcloud's own setting
        for (var api : List.of("AIPLATFORM", "IAM", "IAMCREDENTIALS", "CLOUDRESOURCEMANAGER", "STS")) {
            environment.put("CLOUDSDK_API_ENDPOINT_OVERRIDES_" + api, cloud + "/");
        }
        return environment;
    }

    /** What its parser says of the command lines in a file; nothing when it takes them all. */
    static String parse(Path lines, Path configuration) throws IOException, InterruptedException {
        var info = run(
                configuration,
                Map.of(),
                "gcloud",
                "info",
                "--format=value(basic.python_location,installation.sdk_root)");
        var parts = info.strip().split("\t", -1);
        var program = Objects.requireNonNull(Gcloud.class.getResource("/pages/gcloud-parse.py"));
        var library = parts[1] + "/lib";
        return run(
                configuration,
                Map.of("PYTHONPATH", library + ":" + library + "/third_party"),
                parts[0],
                "-S",
                program.getPath(),
                lines.toString());
    }

    private static String run(Path configuration, Map<String, String> environment, String... command)
            throws IOException, InterruptedException {
        var builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().putAll(environment);
        builder.environment().put("CLOUDSDK_CONFIG", configuration.toString());
        var process = builder.start();
        var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return output;
    }
}
