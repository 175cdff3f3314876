package dev.secureprediction.cli.pages;

import java.util.List;
import java.util.Map;

/**
 * A block of code of a page.
 *
 * @param page path from the repository's root
 * @param line where it begins
 * @param language first word of its info string
 * @param tags the other words, `name=value`
 * @param text what is in it
 */
record Block(String page, int line, String language, Map<String, String> tags, String text) {

    Block {
        tags = Map.copyOf(tags);
    }

    boolean isShell() {
        return language.equals("sh");
    }

    /** How it is tested: `sandbox`, `gcloud` or `elsewhere`. */
    String run() {
        return tags.getOrDefault("run", "");
    }

    boolean isRun() {
        return run().equals("sandbox") || run().equals("gcloud");
    }

    /** What its last command ends with. */
    int exit() {
        return Integer.parseInt(tags.getOrDefault("exit", "0"));
    }

    /** What it prints, in this order, among other things. */
    List<String> prints() {
        return tags.containsKey("prints") ? List.of(tags.get("prints").split(",", -1)) : List.of();
    }

    /** Whether it is for when all other pages are done with. */
    boolean isAtEnd() {
        return "end".equals(tags.get("at"));
    }

    String firstLine() {
        return text.lines().findFirst().orElse("");
    }

    @Override
    public String toString() {
        return page + ":" + line + " " + firstLine();
    }
}
