package dev.secureprediction.gateway.sdk;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The SDKs, installed once into the user's cache: a folder per list of packages. */
final class Packages {
    private static final Path ROOT =
            Path.of(System.getProperty("root.directory", "..")).toAbsolutePath().normalize();
    private static final Path SOURCES = ROOT.resolve("gateway-image/src/test/sdk");
    private static final Path SAMPLES = ROOT.resolve("samples");
    private static final Pattern VERSION = Pattern.compile("(\\d+)\\.(\\d+)");

    private Packages() {}

    static Path sources() {
        return SOURCES;
    }

    /** Why there is no Python that these packages run on; empty: there is one. */
    static Optional<String> pythonMissing() {
        return missing("Python 3.11", 3, 11, "python3", "--version");
    }

    /** Why there is no Node that these packages run on; empty: there is one. */
    static Optional<String> nodeMissing() {
        return missing("Node 20", 20, 0, "node", "--version");
    }

    private static Optional<String> missing(String what, int major, int minor, String... command) {
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            Matcher version = VERSION.matcher(said);
            if (version.find()) {
                int foundMajor = Integer.parseInt(version.group(1));
                boolean enough =
                        foundMajor > major || (foundMajor == major && Integer.parseInt(version.group(2)) >= minor);
                return enough ? Optional.empty() : Optional.of(what + " or later is needed, there is " + said.strip());
            }
            return Optional.of(what + " or later is needed; `" + command[0] + "` says: " + said.strip());
        } catch (IOException e) {
            return Optional.of(what + " or later is needed, there is no `" + command[0] + "`");
        }
    }

    /** A Python with the packages of this folder's requirements.txt. */
    static Path python(String list) throws Exception {
        return python(list, SOURCES.resolve(list).resolve("requirements.txt"));
    }

    /** A Python with the packages of this sample's requirements.txt. */
    static Path pythonOfSample(String sample) throws Exception {
        return python(sample, SAMPLES.resolve(sample).resolve("requirements.txt"));
    }

    private static Path python(String list, Path requirements) throws Exception {
        Path home = cache(list, Files.readString(requirements));
        Path python = home.resolve("venv/bin/python");
        if (!Files.exists(home.resolve("complete"))) {
            run(home, "python3", "-m", "venv", home.resolve("venv").toString());
            run(home, python.toString(), "-m", "pip", "install", "-q", "--no-input", "-r", requirements.toString());
            Files.writeString(home.resolve("complete"), "");
        }
        return python;
    }

    /** A folder with the packages of package-lock.json. */
    static Path node() throws Exception {
        Path source = SOURCES.resolve("node");
        Path home = cache("node", Files.readString(source.resolve("package-lock.json")));
        if (!Files.exists(home.resolve("complete"))) {
            for (String file : List.of("package.json", "package-lock.json")) {
                Files.copy(source.resolve(file), home.resolve(file), StandardCopyOption.REPLACE_EXISTING);
            }
            run(home, "npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund");
            Files.writeString(home.resolve("complete"), "");
        }
        return home;
    }

    private static Path cache(String kind, String contents) throws IOException, NoSuchAlgorithmException {
        byte[] digest = MessageDigest.getInstance("SHA-256").digest(contents.getBytes(StandardCharsets.UTF_8));
        String xdg = System.getenv("XDG_CACHE_HOME");
        Path base = xdg == null || xdg.isBlank() ? Path.of(System.getProperty("user.home"), ".cache") : Path.of(xdg);
        return Files.createDirectories(base.resolve(
                "secure-prediction/sdk/" + kind + "-" + HexFormat.of().formatHex(digest, 0, 6)));
    }

    private static void run(Path folder, String... command) throws Exception {
        Path log = folder.resolve("install.log");
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        if (!process.waitFor(20, TimeUnit.MINUTES) || process.exitValue() != 0) {
            process.destroyForcibly();
            throw new IllegalStateException(String.join(" ", command) + " failed:\n" + Files.readString(log));
        }
    }

    /** Runs a script; every line that it says as a result. */
    static List<String> results(Path log, Path folder, Map<String, String> environment, String... command)
            throws Exception {
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        builder.environment().putAll(environment);
        builder.environment().put("PYTHONPATH", SOURCES.resolve("python").toString());
        builder.environment().put("PYTHONDONTWRITEBYTECODE", "1");
        Process process = builder.start();
        if (!process.waitFor(5, TimeUnit.MINUTES) || process.exitValue() != 0) {
            process.destroyForcibly();
            throw new IllegalStateException(
                    String.join(" ", command) + " did not come to its end:\n" + Files.readString(log));
        }
        List<String> results = new ArrayList<>();
        for (String line : Files.readAllLines(log)) {
            if (line.startsWith("RESULT ")) {
                results.add(line.substring("RESULT ".length()));
            }
        }
        if (results.isEmpty()) {
            throw new IllegalStateException(String.join(" ", command) + " said nothing:\n" + Files.readString(log));
        }
        return results;
    }
}
