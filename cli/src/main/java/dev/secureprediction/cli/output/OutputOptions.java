package dev.secureprediction.cli.output;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.PrintWriter;
import java.util.function.Consumer;
import java.util.function.Supplier;
import picocli.CommandLine.Option;

/** `-o`, the same on every command whose output a script may want to read. */
public final class OutputOptions {

    @Option(
            names = {"-o", "--output"},
            defaultValue = "text",
            description = "${COMPLETION-CANDIDATES}; ${DEFAULT-VALUE} unless given.")
    private Format format = Format.TEXT;

    /**
     * Prints the one or the other.
     *
     * @param data for scripts
     * @param words for people
     */
    public void print(PrintWriter out, Supplier<? extends JsonNode> data, Consumer<PrintWriter> words) {
        switch (format) {
            case TEXT -> words.accept(out);
            case JSON -> out.println(data.get().toPrettyString());
            case YAML -> out.print(yaml(data.get()));
        }
        out.flush();
    }

    /** Whether only data may be printed. */
    public boolean isForScripts() {
        return format != Format.TEXT;
    }

    /** A document without its start mark. */
    public static String yaml(JsonNode data) {
        return Serialization.asYaml(data).replaceFirst("\\A---\\R?", "");
    }
}
