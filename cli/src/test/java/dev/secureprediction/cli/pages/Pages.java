package dev.secureprediction.cli.pages;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What a user of the product reads. */
final class Pages {

    static final Path ROOT = Path.of(System.getProperty("root.directory"));

    private static final Pattern FENCE = Pattern.compile("( *)```(.*)");

    private Pages() {}

    /** Paths from the root, sorted. */
    static List<String> all() {
        return Stream.of("", "docs", "samples", "charts")
                .flatMap(Pages::below)
                .sorted()
                .distinct()
                .toList();
    }

    static String text(String page) {
        try {
            return Files.readString(ROOT.resolve(page));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static List<Block> blocks() {
        return all().stream().flatMap(page -> blocks(page).stream()).toList();
    }

    static List<Block> blocks(String page) {
        return blocks(page, text(page));
    }

    static List<Block> blocks(String page, String markdown) {
        List<Block> blocks = new ArrayList<>();
        var lines = markdown.lines().toList();
        for (int i = 0; i < lines.size(); i++) {
            var fence = FENCE.matcher(lines.get(i));
            if (fence.matches()) {
                int begin = i + 1;
                var end = fence.group(1) + "```";
                var text = new StringBuilder();
                for (i++; i < lines.size() && !lines.get(i).equals(end); i++) {
                    text.append(lines.get(i).replaceFirst("^" + fence.group(1), ""))
                            .append('\n');
                }
                blocks.add(block(page, begin, fence.group(2), text.toString()));
            }
        }
        return blocks;
    }

    private static Block block(String page, int line, String info, String text) {
        var words = info.strip().split(" +", -1);
        Map<String, String> tags = new LinkedHashMap<>();
        for (int i = 1; i < words.length; i++) {
            var pair = words[i].split("=", 2);
            tags.put(pair[0], pair.length == 2 ? pair[1] : "");
        }
        return new Block(page, line, words[0], tags, text);
    }

    /** The root itself has one page for users; the other folders have them at any depth. */
    private static Stream<String> below(String folder) {
        if (folder.isEmpty()) {
            return Stream.of("README.md");
        }
        try (Stream<Path> files = Files.walk(ROOT.resolve(folder))) {
            return files
                    .filter(file -> file.toString().endsWith(".md"))
                    .map(file -> ROOT.relativize(file).toString())
                    .filter(file -> !file.contains("/target/"))
                    .toList()
                    .stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
