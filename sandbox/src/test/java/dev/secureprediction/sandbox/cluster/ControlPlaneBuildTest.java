package dev.secureprediction.sandbox.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.secureprediction.sandbox.SandboxException;
import dev.secureprediction.sandbox.process.UserCache;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where the control plane's programs come from. */
class ControlPlaneBuildTest {

    @TempDir
    private Path folder;

    @Test
    void takesTheFolderThatAPersonNames() throws Exception {
        for (var name : ControlPlaneBinaries.NAMES) {
            program(folder.resolve(name));
        }

        var found = build(Map.of("KUBEBUILDER_ASSETS", folder.toString())).provide(progress -> {});

        assertThat(found.apiServer()).isEqualTo(folder.resolve("kube-apiserver"));
    }

    @Test
    void saysWhatANamedFolderLacks() throws Exception {
        program(folder.resolve("etcd"));
        program(folder.resolve("kube-apiserver"));
        program(folder.resolve("kubectl"));

        assertThatThrownBy(() ->
                        build(Map.of("KUBEBUILDER_ASSETS", folder.toString())).provide(progress -> {}))
                .isInstanceOf(SandboxException.class)
                .hasMessageContaining("lacks kube-controller-manager")
                .hasMessageContaining("unset the variable");
    }

    @Test
    void takesWhatWasBuiltBefore() throws Exception {
        var built = folder.resolve("control-plane/" + ControlPlaneBuild.VERSION);
        Files.createDirectories(built);
        for (var name : ControlPlaneBinaries.NAMES) {
            program(built.resolve(name));
        }

        assertThat(build(Map.of()).provide(progress -> {}).folder()).isEqualTo(built);
    }

    @Test
    void saysInOneLineThatGoIsMissing() {
        assertThatThrownBy(() -> build(Map.of()).provide(progress -> {}))
                .isInstanceOf(SandboxException.class)
                .hasMessageContaining("Go is missing")
                .hasMessageContaining("install Go 1.25 or newer")
                .hasMessageContaining("KUBEBUILDER_ASSETS")
                .extracting(Throwable::getMessage)
                .asString()
                .doesNotContain("\n");
    }

    @Test
    void refusesAnOldGo() {
        assertThatThrownBy(() -> GoToolchain.requireVersion("go version go1.24.9 linux/amd64"))
                .hasMessageContaining("too old")
                .hasMessageContaining("1.25");
        assertThatCode(() -> GoToolchain.requireVersion("go version go1.25 linux/amd64"))
                .doesNotThrowAnyException();
        assertThatCode(() -> GoToolchain.requireVersion("go version go1.26.8 X:nocoverage linux/amd64"))
                .doesNotThrowAnyException();
    }

    private ControlPlaneBuild build(Map<String, String> environment) {
        return new ControlPlaneBuild(new UserCache(folder), environment, "no-such-go");
    }

    private static void program(Path file) throws Exception {
        Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    }
}
