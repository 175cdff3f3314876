package dev.secureprediction.operator.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every link of a page leads to a file of the repository, and to a heading in it. */
final class LinksTest {

    private static final Path ROOT = Path.of(System.getProperty("root.directory"));
    private static final Pattern LINK = Pattern.compile("]\\(([^)\\s]+)\\)");
    private static final Pattern CODE = Pattern.compile("(?ms)^```.*?^```|`[^`\n]*`");
    private static final Pattern TEST =
            Pattern.compile("`(?:[a-z]+\\.)*([A-Z][A-Za-z]+(?:IT|Test))(?:#([A-Za-z0-9_]+))?`");
    private static final Pattern HEADING = Pattern.compile("(?m)^#+ (.*)$");

    @Test
    void everyLinkLeadsSomewhere() throws IOException {
        var broken = new ArrayList<String>();
        for (var page : pages()) {
            var links = LINK.matcher(CODE.matcher(Files.readString(page)).replaceAll(""));
            while (links.find()) {
                if (!links.group(1).contains("://") && !leadsSomewhere(page, links.group(1))) {
                    broken.add(ROOT.relativize(page) + ": " + links.group(1));
                }
            }
        }

        assertThat(broken).isEmpty();
    }

    /** What is said to be shown by a test is shown by one that is there. */
    @ParameterizedTest
    @ValueSource(
            strings = {"SECURITY.md", "docs/security.md", "docs/reliability.md", "docs/promotion.md", "docs/upgrade.md"
            })
    void everyTestThatIsNamedIsThere(String page) throws IOException {
        var named = TEST.matcher(Files.readString(ROOT.resolve(page))).results().toList();
        var sources = tests();

        var missing = named.stream()
                .filter(test -> sources.getOrDefault(test.group(1), List.of()).stream()
                        .noneMatch(source -> test.group(2) == null || source.contains(" " + test.group(2) + "(")))
                .map(MatchResult::group)
                .toList();

        assertThat(named).isNotEmpty();
        assertThat(missing).isEmpty();
    }

    /** Sources of test classes by their name; some names are there twice. */
    private static Map<String, List<String>> tests() throws IOException {
        Map<String, List<String>> sources = new TreeMap<>();
        try (Stream<Path> files = Files.walk(ROOT)) {
            for (var file : files.filter(path -> path.toString().contains("/src/test/java/"))
                    .filter(path -> path.toString().endsWith(".java"))
                    .toList()) {
                sources.computeIfAbsent(file.getFileName().toString().replace(".java", ""), name -> new ArrayList<>())
                        .add(Files.readString(file));
            }
        }
        return sources;
    }

    private static boolean leadsSomewhere(Path page, String link) throws IOException {
        var parts = link.split("#", 2);
        var target = parts[0].isEmpty() ? page : page.resolveSibling(parts[0]).normalize();
        return Files.exists(target) && (parts.length == 1 || anchors(target).contains(parts[1]));
    }

    /** As the usual hosts of Markdown make them. */
    private static List<String> anchors(Path page) throws IOException {
        return HEADING.matcher(Files.readString(page))
                .results()
                .map(heading -> heading.group(1)
                        .toLowerCase(Locale.ROOT)
                        .replaceAll("[^a-z0-9 _-]", "")
                        .replace(' ', '-'))
                .toList();
    }

    private static List<Path> pages() throws IOException {
        try (Stream<Path> files = Files.walk(ROOT)) {
            return files.filter(file -> file.toString().endsWith(".md"))
                    .filter(file -> !ROOT.relativize(file).toString().matches("(.*/)?(target|node_modules)/.*"))
                    .toList();
        }
    }
}
