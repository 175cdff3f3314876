package dev.secureprediction.sandbox.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Values that name a mounted folder name the real one. */
class MountPathsTest {

    private final MountPaths paths = new MountPaths(
            Map.of("/data", Path.of("/real/a"), "/data/inner", Path.of("/real/b"), "/t/", Path.of("/real/c")));

    @ParameterizedTest
    @CsvSource({
        "/data, /real/a",
        "/data/x/y, /real/a/x/y",
        "/data/inner, /real/b",
        "/data/inner/x, /real/b/x",
        "/database, /database",
        "/other/data, /other/data",
        "--file=/data, --file=/data",
        "'', ''",
    })
    void replacesTheLongestMountAtTheBeginning(String value, String real) {
        assertThat(paths.real(value)).isEqualTo(real);
    }
}
