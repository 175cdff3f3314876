package dev.secureprediction.cli.pages;

import dev.secureprediction.sandbox.Sandbox;
import dev.secureprediction.sandbox.cluster.ControlPlane;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;

/**
 * A checkout as a reader has it: samples with the reader's own addresses put in, everything else as it is.
 *
 * @param folder where it is
 */
record ReadersPlace(Path folder, Sandbox sandbox) {

    private static final Pattern OKTA = Pattern.compile("https://acme\\.okta\\.com/oauth2/\\w+");
    private static final Pattern KEYCLOAK = Pattern.compile("https://keycloak\\.example\\.com/realms/\\w+");
    private static final Pattern GKE = Pattern.compile("https://container\\.googleapis\\.com/[\\w/-]+");
    private static final Pattern PATIENCE = Pattern.compile("--timeout=\\d+m");
    private static final String LOCATIONS = "    locations: [europe-west4]\n";

    static ReadersPlace make(Path folder, Sandbox sandbox) {
        var place = new ReadersPlace(folder, sandbox);
        try {
            for (var name : new String[] {"charts", "crds", "docs", "operator"}) {
                Files.createSymbolicLink(folder.resolve(name), Pages.ROOT.resolve(name));
            }
            place.copySamples();
            place.writeSpe();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return place;
    }

    /** What the pages call by Acme's names, by the names that it has here. */
    String localised(String text) {
        var cloud = sandbox.cloud().authority();
        var issuer = sandbox.issuer().url();
        var here = OKTA.matcher(text).replaceAll(issuer);
        here = KEYCLOAK.matcher(here).replaceAll(issuer);
        here = GKE.matcher(here).replaceAll(ControlPlane.ISSUER);
        here = PATIENCE.matcher(here).replaceAll("--timeout=" + System.getProperty("pages.patience", "3m"));
        here = here.replace("https://europe-west4-aiplatform.googleapis.com", "https://" + cloud);
        return here.replace(
                LOCATIONS,
                LOCATIONS
                        + "    apiEndpoints: {aiplatform: \"%1$s\", iam: \"%1$s\", resourcemanager: \"%1$s\", sts: \"%1$s\", iamcredentials: \"%1$s\", modelarmor: \"%1$s\"}\n"
                                .formatted(cloud));
    }

    private void copySamples() throws IOException {
        var source = Pages.ROOT.resolve("samples");
        try (var files = Files.walk(source)) {
            for (var file : files.filter(Files::isRegularFile)
                    .filter(file -> !file.toString().contains("/target/"))
                    .toList()) {
                var copy = folder.resolve("samples").resolve(source.relativize(file));
                Files.createDirectories(copy.getParent());
                Files.writeString(copy, localised(Files.readString(file)));
            }
        }
    }

    /** The command from the classes under test, so that nothing is built while tests run. */
    private void writeSpe() throws IOException {
        var java = Path.of(System.getProperty("java.home"), "bin/java");
        var spe = folder.resolve("spe");
        Files.writeString(
                spe,
                "#!/usr/bin/env bash\nSPE_HOME='%s' exec '%s' -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -Xshare:auto -Dlogback.configurationFile=spe-logback.xml -cp '%s' dev.secureprediction.cli.Main \"$@\"\n"
                        .formatted(folder, java, System.getProperty("java.class.path")));
        if (!spe.toFile().setExecutable(true)) {
            throw new IOException("cannot make " + spe + " executable");
        }
    }
}
