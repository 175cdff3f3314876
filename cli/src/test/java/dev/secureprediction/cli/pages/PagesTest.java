package dev.secureprediction.cli.pages;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** No command stands on a page for users without a word on how it is tested. */
final class PagesTest {

    private static final Set<String> LANGUAGES = Set.of("sh", "yaml", "json", "text");
    private static final Set<String> RUNS = Set.of("sandbox", "gcloud", "elsewhere");
    private static final Pattern BARE_COMMAND =
            Pattern.compile("(?m)^(?: {4}|\\t)(?:\\./spe|spe|kubectl|gcloud|helm|curl|git|\\./mvnw) .*");

    @Test
    void everyBlockSaysWhatItIsAndCommandsHowTheyAreTested() {
        assertThat(Pages.blocks())
                .hasSizeGreaterThan(60)
                .allSatisfy(block -> assertThat(block.language())
                        .as("%s: ```sh run=…, or one of %s", block, LANGUAGES)
                        .isIn(LANGUAGES))
                .filteredOn(Block::isShell)
                .allSatisfy(block -> assertThat(block.run())
                        .as("%s: ```sh run= one of %s", block, RUNS)
                        .isIn(RUNS))
                .allSatisfy(block -> assertThat(block.tags().keySet())
                        .as(block.toString())
                        .isSubsetOf("run", "exit", "prints", "at"));
    }

    @Test
    void commandsStandInFencesOnly() {
        assertThat(Pages.all())
                .allSatisfy(page -> assertThat(BARE_COMMAND
                                .matcher(withoutBlocks(Pages.text(page)))
                                .results())
                        .as(page)
                        .isEmpty());
    }

    @Test
    void whatIsNotRunIsListedWithItsReasonAndNothingElseIs() {
        var story = Story.read();
        var notRun = Pages.blocks().stream()
                .filter(block -> block.run().equals("elsewhere"))
                .toList();

        assertThat(notRun).allSatisfy(block -> assertThat(story.notRun()).anyMatch(entry -> entry.covers(block)));
        assertThat(story.notRun())
                .allSatisfy(entry -> assertThat(notRun).anyMatch(entry::covers))
                .allSatisfy(entry -> assertThat(entry.because()).hasSizeGreaterThan(10));
    }

    @Test
    void everyPageWithCommandsIsReadInTheStory() {
        var withCommands =
                Pages.blocks().stream().filter(Block::isRun).map(Block::page).collect(Collectors.toSet());

        assertThat(Story.read().pages().stream().map(Story.Read::page))
                .doesNotHaveDuplicates()
                .containsExactlyInAnyOrderElementsOf(withCommands);
    }

    @ParameterizedTest
    @MethodSource("shellBlocks")
    void aShellCanReadIt(Block block) throws IOException, InterruptedException {
        var bash = new ProcessBuilder("bash", "-n").redirectErrorStream(true).start();
        try (var in = bash.getOutputStream()) {
            in.write(block.text().getBytes(StandardCharsets.UTF_8));
        }

        assertThat(new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                .isEmpty();
        assertThat(bash.waitFor()).isZero();
    }

    @Test
    void tagsAndIndentationAreUnderstood() {
        var blocks = Pages.blocks("page.md", """
                - a list

                  ```sh run=sandbox exit=1 at=end
                  first
                    second
                  ```

                ```
                untagged
                ```
                """);

        assertThat(blocks).hasSize(2);
        assertThat(blocks.getFirst()).satisfies(block -> {
            assertThat(block.text()).isEqualTo("first\n  second\n");
            assertThat(List.of(block.run(), block.exit(), block.isAtEnd())).isEqualTo(List.of("sandbox", 1, true));
            assertThat(block.line()).isEqualTo(3);
        });
        assertThat(blocks.getLast().language()).isEmpty();
    }

    private static Stream<Block> shellBlocks() {
        return Pages.blocks().stream().filter(Block::isShell);
    }

    private static String withoutBlocks(String markdown) {
        return Pattern.compile("(?ms)^ *```.*?^ *```$").matcher(markdown).replaceAll("");
    }
}
