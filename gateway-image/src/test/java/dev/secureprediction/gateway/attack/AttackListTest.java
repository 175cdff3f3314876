package dev.secureprediction.gateway.attack;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every attack of the list, and every line of what clients need, is the name of a test. */
final class AttackListTest {
    private static final Path MODULE = Path.of(System.getProperty("root.directory", ".."), "gateway-image");

    /** Names of methods such as `a41_chunks` and `a86TokensAreOneBudget`, and what tests are shown as. */
    private static final Pattern ATTACK = Pattern.compile("void a(\\d+)(?=[_A-Z])|\"A(\\d+) ");

    private static final Pattern LINE = Pattern.compile("(?:def |function |void )line_?(\\d)(?=_)");

    @Test
    void everyAttackIsATest() {
        assertThat(found("src/test/java", ATTACK)).containsAll(listed("attacks.txt"));
    }

    @Test
    void everyLineThatBindsForClientsIsATest() {
        Set<String> lines = found("src/test/sdk", LINE);
        lines.addAll(found("src/test/java", LINE));
        assertThat(lines).containsExactly("1", "2", "3", "4", "5", "6", "7", "8", "9");
    }

    private static List<String> listed(String file) {
        try {
            return Files.readAllLines(MODULE.resolve("src/test/attack").resolve(file)).stream()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .map(line -> line.replaceFirst("A(\\d+).*", "$1"))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Set<String> found(String folder, Pattern name) {
        Set<String> found = new TreeSet<>();
        try (Stream<Path> files = Files.walk(MODULE.resolve(folder))) {
            for (Path file : files.filter(path -> path.toString().matches(".*\\.(java|py|mjs)"))
                    .toList()) {
                Matcher matcher = name.matcher(Files.readString(file));
                while (matcher.find()) {
                    found.add(matcher.group(1) == null ? matcher.group(2) : matcher.group(1));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return found;
    }
}
