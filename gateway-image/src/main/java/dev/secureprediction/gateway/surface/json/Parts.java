package dev.secureprediction.gateway.surface.json;

import com.fasterxml.jackson.core.JsonToken;
import dev.secureprediction.gateway.error.RefusedException;
import dev.secureprediction.gateway.surface.AnswerFrame.Delta;
import dev.secureprediction.gateway.surface.Part;
import dev.secureprediction.gateway.surface.Span;
import dev.secureprediction.gateway.surface.Speaker;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;

/** Collects what a screener must see while a body is read. */
public final class Parts {
    private static final String STORAGE = "gs://";

    /** Names that Google's forms have for files, whatever scheme their values have. */
    private static final Set<String> FILES = Set.of("fileUri", "gcsUri", "storageUri");

    /** Names that answers have for URLs, which may hold what they lead to. */
    private static final Set<String> URLS = Set.of("url", "uri", "image_url", "audio_url", "video_url", "file_data");

    private final BodyReader in;
    private final boolean freeForm;
    private final boolean texts;
    private final boolean answer;
    private final List<Part> parts = new ArrayList<>();

    private Parts(BodyReader in, boolean freeForm, boolean texts, boolean answer) {
        this.in = in;
        this.freeForm = freeForm;
        this.texts = texts;
        this.answer = answer;
    }

    /** Of a body whose members are known, files and bytes among them. */
    public static Parts known(BodyReader in) {
        return new Parts(in, false, true, false);
    }

    /** Of a body whose form is the model's own: bytes and files are told by how Vertex AI has them there. */
    public static Parts freeForm(BodyReader in) {
        return new Parts(in, true, true, false);
    }

    /** The same where nobody looks at texts: bytes and files alone. */
    public static Parts freeFormWithoutTexts(BodyReader in) {
        return new Parts(in, true, false, false);
    }

    /**
     * Of an answer whose members are known. Nothing is fetched for it, so that only what is said to be a file is one; bytes are
     * told by whatever form has them.
     */
    public static Parts ofAnswer(BodyReader in) {
        return new Parts(in, false, true, true);
    }

    /** Of an answer whose form is the model's own. */
    public static Parts ofFreeFormAnswer(BodyReader in) {
        return new Parts(in, true, true, true);
    }

    /** The current string is a text of this speaker. */
    public void text(Speaker speaker) throws IOException, RefusedException {
        if (!texts) {
            in.skip();
            return;
        }
        String text = in.string();
        parts.add(new Part.Text(in.pointer(), in.span(), speaker, text));
    }

    /** A text that was read before. */
    public void text(String pointer, Span span, Speaker speaker, String text) {
        parts.add(new Part.Text(pointer, span, speaker, text));
    }

    /**
     * Every string of the current value is a text, names of members included: they are free, so that they can carry a
     * prompt as well.
     */
    public void everyString(Speaker speaker) throws IOException, RefusedException {
        every(speaker, freeForm);
    }

    /** The same; whether there is anything, which null and an empty list are not. */
    public boolean anything(Speaker speaker) throws IOException, RefusedException {
        if (in.token() != JsonToken.START_ARRAY) {
            everyString(speaker);
            return !in.isNull();
        }
        boolean[] some = {false};
        in.array(index -> {
            some[0] = true;
            everyString(speaker);
        });
        return some[0];
    }

    /** The same of a member that this form does not have: newer ones may name files or hold bytes as others do. */
    public void unknown(Speaker speaker) throws IOException, RefusedException {
        every(speaker, true);
    }

    private void every(Speaker speaker, boolean free) throws IOException, RefusedException {
        if (!texts && in.skipPlain()) {
            return; // no bytes and no files, and nobody looks at texts
        }
        JsonToken token = in.token();
        if (token == JsonToken.START_OBJECT) {
            Blob blob = new Blob();
            in.object(name -> {
                member(name, speaker, free);
                if (free && answer) {
                    blob.see(name, in);
                }
            });
            blob.span().ifPresent(span -> inline(blob.pointer(), span, blob.mimeType()));
        } else if (token == JsonToken.START_ARRAY) {
            in.array(index -> every(speaker, free));
        } else if (token == JsonToken.VALUE_STRING) {
            text(speaker);
            if (free
                    && !answer
                    && in.stringBegins(STORAGE)
                    && in.string().strip().length() > STORAGE.length()) {
                file(in.string(), "");
            }
        }
    }

    /** A member of an object of free form, whose value is current. */
    public void member(String name, Speaker speaker) throws IOException, RefusedException {
        member(name, speaker, freeForm);
    }

    private void member(String name, Speaker speaker, boolean free) throws IOException, RefusedException {
        if (texts) {
            parts.add(new Part.Text(in.pointer(), in.nameSpan(), speaker, name));
        }
        boolean text = in.token() == JsonToken.VALUE_STRING;
        if (free && text && (isBase64(name) || isDataUrl(name))) {
            inline("");
        } else if (free && text && FILES.contains(Names.camelCase(name))) {
            file(in.string(), "");
        } else {
            every(speaker, free);
        }
    }

    /** How Vertex AI marks bytes in the instances of a prediction. */
    private static boolean isBase64(String name) {
        return name.equals("b64") || name.equals("bytesBase64Encoded") || name.equals("b64_json");
    }

    /** RFC 2397; in answers alone, since a request's are told by its surface. */
    private boolean isDataUrl(String name) throws IOException, RefusedException {
        return answer && URLS.contains(name) && in.stringBegins("data:");
    }

    /**
     * The current value lists tools that say their type; their texts are instructions.
     *
     * @param untyped type of one that says none
     * @param each takes each tool's pointer and type
     */
    public void typedTools(String untyped, BiConsumer<String, String> each) throws IOException, RefusedException {
        if (in.isNull()) {
            return;
        }
        in.array(index -> {
            String pointer = in.pointer();
            String[] type = {untyped};
            in.object(name -> {
                if (name.equals("type") && !in.isNull()) {
                    type[0] = in.string();
                }
                everyString(Speaker.System);
            });
            each.accept(pointer, type[0]);
        });
    }

    /** The current string is bytes in base64. */
    public void inline(String mimeType) throws IOException, RefusedException {
        in.skip();
        inline(in.pointer(), in.span(), mimeType);
    }

    /** Bytes in base64 that were read before. */
    public void inline(String pointer, Span span, String mimeType) {
        parts.add(new Part.Inline(pointer, span, mimeType));
    }

    /** The current value names a file. */
    public void file(String uri, String mimeType) {
        file(in.pointer(), uri, mimeType);
    }

    /** A file that was named before. */
    public void file(String pointer, String uri, String mimeType) {
        parts.add(new Part.File(pointer, uri, mimeType));
    }

    /** How many there are so far. */
    public int count() {
        return parts.size();
    }

    /** Texts of one speaker turn out to be another's, which the body says only behind them. */
    public void reassign(int from, Speaker was, Speaker is) {
        for (int i = from; i < parts.size(); i++) {
            if (parts.get(i) instanceof Part.Text text && text.speaker() == was) {
                parts.set(i, new Part.Text(text.pointer(), text.span(), is, text.text()));
            }
        }
    }

    public List<Part> list() {
        return parts;
    }

    /** What is no text. */
    public List<Part> media() {
        return parts.stream().filter(part -> !(part instanceof Part.Text)).toList();
    }

    /** The texts, as what one candidate of an answer says. */
    public List<Delta> deltas(int candidate) {
        List<Delta> deltas = new ArrayList<>(parts.size());
        for (Part part : parts) {
            if (part instanceof Part.Text text) {
                deltas.add(new Delta(candidate, text));
            }
        }
        return deltas;
    }
}
