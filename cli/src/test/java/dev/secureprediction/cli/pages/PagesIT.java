package dev.secureprediction.cli.pages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.secureprediction.sandbox.Sandbox;
import dev.secureprediction.sandbox.junit.SandboxExtension;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * A reader follows the pages: prepares projects by gcloud, installs the chart, applies and calls samples, breaks and repairs, and takes
 * all of it away again. `story.yaml` says in which order, and what is not done here and why.
 */
final class PagesIT {

    @RegisterExtension
    static final SandboxExtension SANDBOX = SandboxExtension.alone(Landscape.options());

    private final Story story = Story.read();
    private final Deque<AutoCloseable> open = new ArrayDeque<>();
    private final Sandbox sandbox;

    PagesIT(Sandbox sandbox) {
        this.sandbox = sandbox;
    }

    @TestFactory
    Stream<DynamicNode> everyCommandDoesWhatItsPageSays(@TempDir Path folder) throws IOException {
        var place = ReadersPlace.make(folder, sandbox);
        var parsedOnly = Files.createFile(folder.resolve("parsed-only"));
        var equipment = Reader.equipment(sandbox, folder, parsedOnly, story);
        if (!Gcloud.isInstalled()) {
            Landscape.trustPool(sandbox);
        }
        List<DynamicNode> first = new ArrayList<>();
        Deque<DynamicNode> last = new ArrayDeque<>();
        for (var page : story.pages()) {
            var programs = keep(new ReadersPrograms(sandbox));
            var reader = keep(new Reader(page, place, programs, equipment));
            first.add(followed(page, reader, block -> !block.isAtEnd()));
            last.push(followed(page, reader, Block::isAtEnd)); // what was set up first goes last
        }
        first.addAll(last);
        first.add(DynamicTest.dynamicTest("gcloud has the commands that nobody answers here", () -> {
            assumeTrue(Gcloud.isInstalled(), "gcloud is not installed");
            assertThat(parsedOnly).isNotEmptyFile();
            assertThat(Gcloud.parse(parsedOnly, folder.resolve("gcloud"))).isEmpty();
        }));
        return first.stream();
    }

    private static DynamicContainer followed(Story.Read page, Reader reader, Predicate<Block> which) {
        return DynamicContainer.dynamicContainer(
                page.page(),
                Pages.blocks(page.page()).stream()
                        .filter(Block::isRun)
                        .filter(which)
                        .map(block -> DynamicTest.dynamicTest(block.toString(), () -> reader.follow(block))));
    }

    private <T extends AutoCloseable> T keep(T opened) {
        open.push(opened);
        return opened;
    }

    @AfterEach
    void close() throws Exception {
        while (!open.isEmpty()) {
            open.pop().close();
        }
    }
}
