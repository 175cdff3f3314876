package dev.secureprediction.sandbox.node.volume;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A volume's files change together, by one link, as a kubelet's do. */
class AtomicFolderTest {

    @TempDir
    private Path volume;

    @Test
    void filesAreLinksThroughOneFolder() throws Exception {
        var folder = new AtomicFolder(volume);

        assertThat(folder.write(Map.of("a", content("1"), "deep/b", content("2"))))
                .isTrue();

        assertThat(volume.resolve("a")).hasContent("1").isSymbolicLink();
        assertThat(volume.resolve("deep/b")).hasContent("2");
        assertThat(Files.readSymbolicLink(volume.resolve("a"))).hasToString("..data/a");
        assertThat(volume.resolve("..data")).isSymbolicLink();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(volume.resolve("a"))))
                .isEqualTo("rw-r-----");
    }

    @Test
    void aChangeMovesTheLinkAndLeavesNothingOld() throws Exception {
        var folder = new AtomicFolder(volume);
        folder.write(Map.of("a", content("1"), "b", content("1")));
        var before = Files.readSymbolicLink(volume.resolve("..data"));

        assertThat(folder.write(Map.of("a", content("2")))).isTrue();

        assertThat(volume.resolve("a")).hasContent("2");
        assertThat(Files.exists(volume.resolve("b"), java.nio.file.LinkOption.NOFOLLOW_LINKS))
                .isFalse();
        assertThat(Files.readSymbolicLink(volume.resolve("..data"))).isNotEqualTo(before);
        assertThat(volume.resolve(before)).doesNotExist();
    }

    @Test
    void equalContentTouchesNothing() throws Exception {
        var folder = new AtomicFolder(volume);
        folder.write(Map.of("a", content("1")));
        var before = Files.readSymbolicLink(volume.resolve("..data"));

        assertThat(folder.write(Map.of("a", content("1")))).isFalse();

        assertThat(Files.readSymbolicLink(volume.resolve("..data"))).isEqualTo(before);
    }

    @Test
    void anEmptyVolumeIsAFolder() throws Exception {
        assertThat(new AtomicFolder(volume.resolve("empty")).write(Map.of())).isTrue();

        assertThat(volume.resolve("empty")).isDirectory();
    }

    private static FileContent content(String text) {
        return new FileContent(text.getBytes(StandardCharsets.UTF_8), 0640);
    }
}
