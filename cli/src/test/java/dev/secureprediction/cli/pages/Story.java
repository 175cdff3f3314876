package dev.secureprediction.cli.pages;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * `story.yaml`: the order in which pages are read, and what of them is not run, with its reason.
 *
 * @param pages in this order
 * @param notRun blocks that say `run=elsewhere`
 * @param parsedOnly commands of gcloud that are held against its grammar only
 */
record Story(List<Read> pages, List<NotRun> notRun, List<ParsedOnly> parsedOnly) {

    Story {
        pages = List.copyOf(pages);
        notRun = List.copyOf(notRun);
        parsedOnly = List.copyOf(parsedOnly);
    }

    /**
     * A page that is followed.
     *
     * @param before what the page takes for granted, as commands
     * @param cloud `bare` for a cloud of its own, in which nothing is prepared
     */
    record Read(
            String page, @Nullable String before, @Nullable String cloud) {

        String given() {
            return Objects.requireNonNullElse(before, "");
        }

        boolean hasOwnCloud() {
            return Optional.ofNullable(cloud).filter("bare"::equals).isPresent();
        }
    }

    /**
     * A block that is not run.
     *
     * @param starts its first line begins so
     */
    record NotRun(String page, String starts, String because) {

        boolean covers(Block block) {
            return block.page().equals(page) && block.firstLine().startsWith(starts);
        }
    }

    /** The beginning of a command line, and why the sandbox's cloud cannot answer it. */
    record ParsedOnly(String command, String because) {}

    static Story read() {
        try (var in = Story.class.getResourceAsStream("/pages/story.yaml")) {
            return new ObjectMapper(new YAMLFactory()).readValue(in, Story.class);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
