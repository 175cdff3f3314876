package dev.secureprediction.gateway.surface.json;

import com.fasterxml.jackson.core.JsonToken;
import dev.secureprediction.gateway.error.ErrorCode;
import dev.secureprediction.gateway.error.FieldViolation;
import dev.secureprediction.gateway.error.Refusal;
import dev.secureprediction.gateway.error.RefusedException;
import dev.secureprediction.gateway.surface.Span;
import dev.secureprediction.gateway.text.CharacterSet;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.HashSet;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Walks over one JSON value in one pass and keeps no tree. A handler is called with its value's first token current and
 * must read or {@link #skip} the whole value. Not for several threads.
 */
public final class BodyReader {
    private static final int MAX_POINTER = 256;
    private static final CharacterSet NUMBER = CharacterSet.DIGITS.and("+.eE-");

    private final byte[] bytes;
    private final JumpingParser parser;
    private final PlainJson plain;
    private final SeenNames names = new SeenNames();
    private final StringBuilder pointer = new StringBuilder(64);

    /** Takes a member of an object. */
    @FunctionalInterface
    public interface Member {
        void read(String name) throws IOException, RefusedException;
    }

    /** Takes an item of an array. */
    @FunctionalInterface
    public interface Item {
        void read(int index) throws IOException, RefusedException;
    }

    /** Reads the outermost value. */
    @FunctionalInterface
    public interface Body {
        void read(BodyReader reader) throws IOException, RefusedException;
    }

    /** Deepest level whose values may be plain: what is within one that is not was looked at with it. */
    private int plainDepth = Json.MAX_DEPTH;

    private BodyReader(byte[] bytes, JumpingParser parser) {
        this.bytes = bytes;
        this.plain = new PlainJson(bytes);
        this.parser = parser;
    }

    /**
     * Reads a body that is one JSON object.
     *
     * @throws RefusedException when it is not, or goes beyond the bounds of {@link Json}
     */
    public static void read(byte[] bytes, Body body) throws RefusedException {
        readValue(bytes, reader -> {
            if (reader.token() != JsonToken.START_OBJECT) {
                throw Json.malformed("", "must be a JSON object");
            }
            body.read(reader);
        });
    }

    /**
     * Reads a body that is one JSON value of any kind.
     *
     * @throws RefusedException when it is not, or goes beyond the bounds of {@link Json}
     */
    public static void readValue(byte[] bytes, Body body) throws RefusedException {
        try (JumpingParser parser = Json.FACTORY.createParser(bytes)) {
            BodyReader reader = new BodyReader(bytes, parser);
            try {
                if (parser.nextToken() == null) {
                    throw Json.malformed("", "must be JSON, not empty");
                }
                body.read(reader);
                if (parser.nextToken() != null) {
                    throw Json.malformed("", "has something behind the JSON value");
                }
            } catch (IOException e) {
                throw Json.malformed(reader.shortPointer(), Json.problem(e));
            }
        } catch (IOException e) {
            throw Json.malformed("", "cannot be read");
        }
    }

    /** Reads the current object. */
    public void object(Member member) throws IOException, RefusedException {
        require(JsonToken.START_OBJECT, "must be an object");
        int length = pointer.length();
        names.open();
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            step(name);
            once(name);
            parser.nextToken();
            member.read(name);
            pointer.setLength(length);
        }
        names.close();
    }

    private void once(String name) throws RefusedException {
        if (names.repeats(name)) {
            throw Json.malformed(shortPointer(), "has a name twice");
        }
    }

    /**
     * Reads the current object as protocol buffers' JSON mapping has it: names in camel or snake case; handed on in camel
     * case. One member in both spellings is a duplicate.
     */
    public void message(Member member) throws IOException, RefusedException {
        Set<String> seen = new HashSet<>();
        object(name -> {
            String canonical = Names.camelCase(name);
            if (!seen.add(canonical)) {
                throw Json.malformed(shortPointer(), "has a name twice");
            }
            member.read(canonical);
        });
    }

    /** Reads the current array. */
    public void array(Item item) throws IOException, RefusedException {
        require(JsonToken.START_ARRAY, "must be an array");
        int length = pointer.length();
        for (int i = 0; parser.nextToken() != JsonToken.END_ARRAY; i++) {
            pointer.append('/').append(i);
            item.read(i);
            pointer.setLength(length);
        }
    }

    /** Reads over the current value; what is not valid in it is found all the same. */
    public void skip() throws IOException, RefusedException {
        if (skipPlain()) {
            return;
        }
        int depth = 0;
        for (JsonToken token = parser.currentToken(); token != null; token = parser.nextToken()) {
            switch (token) {
                case START_OBJECT -> {
                    depth++;
                    names.open();
                }
                case END_OBJECT -> {
                    depth--;
                    names.close();
                }
                case START_ARRAY -> depth++;
                case END_ARRAY -> depth--;
                case FIELD_NAME -> once(parser.currentName());
                default -> {
                    // nothing in it
                }
            }
            if (depth == 0) {
                parser.finishToken();
                return;
            }
        }
    }

    /** Reads over the current object or array if all in it is plain, as {@link PlainJson} has it; whether it did. */
    boolean skipPlain() throws IOException {
        if (!parser.currentToken().isStructStart() || parser.depth() > plainDepth) {
            return false;
        }
        int closing = plain.closing(start(), Json.MAX_DEPTH - parser.depth());
        if (closing < 0) {
            plainDepth = parser.depth();
            return false;
        }
        plainDepth = Json.MAX_DEPTH;
        parser.jump(closing);
        parser.nextToken();
        return true;
    }

    /** First token of the current value. */
    public JsonToken token() {
        return parser.currentToken();
    }

    public boolean isNull() {
        return parser.currentToken() == JsonToken.VALUE_NULL;
    }

    /** Whether the current value, which is read over, is anything but null and false. */
    public boolean isWanted() throws IOException, RefusedException {
        boolean wanted = !isNull() && parser.currentToken() != JsonToken.VALUE_FALSE;
        skip();
        return wanted;
    }

    /** The current string. */
    public String string() throws IOException, RefusedException {
        require(JsonToken.VALUE_STRING, "must be a string");
        return parser.getText();
    }

    /** Reads to the end of the current string, and tells whether it begins so, blanks and the case of letters aside. */
    public boolean stringBegins(String lowerCase) throws IOException, RefusedException {
        require(JsonToken.VALUE_STRING, "must be a string");
        char[] text = parser.getTextCharacters();
        int from = parser.getTextOffset();
        int to = from + parser.getTextLength();
        while (from < to && text[from] <= ' ') {
            from++;
        }
        if (to - from < lowerCase.length()) {
            return false;
        }
        for (int i = 0; i < lowerCase.length(); i++) {
            if (Character.toLowerCase(text[from + i]) != lowerCase.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    /** The current value as text when it is a string, its literal when it is a number; refused otherwise. */
    public String scalar() throws IOException, RefusedException {
        JsonToken token = parser.currentToken();
        if (token != JsonToken.VALUE_STRING && !token.isNumeric()) {
            throw invalid("must be a string or a number");
        }
        return parser.getText();
    }

    /** The current truth value. */
    public boolean bool() throws RefusedException {
        if (!parser.currentToken().isBoolean()) {
            throw invalid("must be true or false");
        }
        return parser.currentToken() == JsonToken.VALUE_TRUE;
    }

    /** The current integer; absent where null. Google's JSON takes numbers in quotes, too. */
    public OptionalLong integer() throws IOException, RefusedException {
        if (isNull()) {
            return OptionalLong.empty();
        }
        try {
            return OptionalLong.of(number().longValueExact());
        } catch (ArithmeticException | NumberFormatException e) {
            throw invalid("must be an integer");
        }
    }

    /** The current integer, at least 1; absent where null. */
    public OptionalLong positive() throws IOException, RefusedException {
        OptionalLong count = integer();
        if (count.isPresent() && count.getAsLong() < 1) {
            throw invalid("must be at least 1");
        }
        return count;
    }

    /** The current number; absent where null. Google's JSON takes numbers in quotes, too. */
    public OptionalDouble decimal() throws IOException, RefusedException {
        if (isNull()) {
            return OptionalDouble.empty();
        }
        try {
            return OptionalDouble.of(number().doubleValue());
        } catch (ArithmeticException | NumberFormatException e) {
            throw invalid("must be a number");
        }
    }

    private BigDecimal number() throws IOException, RefusedException {
        String text = scalar();
        if (text.length() > 100) {
            throw invalid("must be a shorter number");
        }
        if (!NUMBER.make(text, 1, 100)) {
            throw new NumberFormatException(); // other scripts' digits, which the JDK reads as well
        }
        BigDecimal number = new BigDecimal(text);
        // longValueExact of 1e999999999 would fill the memory
        if (Math.abs((long) number.scale()) > 400) {
            throw invalid("must be a number that a double can hold");
        }
        return number;
    }

    /** Where the current scalar stands; a string has been read before. */
    public Span span() {
        return new Span((int) parser.currentTokenLocation().getByteOffset(), (int)
                parser.currentLocation().getByteOffset());
    }

    /** Where the name of the current member stands; looked for backwards, since few ask. */
    public Span nameSpan() {
        int to = start();
        do {
            to--;
        } while (bytes[to] != '"');
        int from = to;
        boolean escaped;
        do {
            from--;
            int backslashes = 0;
            while (bytes[from] == '"' && bytes[from - 1 - backslashes] == '\\') {
                backslashes++;
            }
            escaped = backslashes % 2 == 1;
        } while (bytes[from] != '"' || escaped);
        return new Span(from, to + 1);
    }

    /** Index of the first byte of the current value. */
    public int start() {
        return (int) parser.currentTokenLocation().getByteOffset();
    }

    /** Index behind the last byte read. */
    public int position() {
        return (int) parser.currentLocation().getByteOffset();
    }

    /** JSON pointer of the current value. */
    public String pointer() {
        return pointer.toString();
    }

    /** Refuses the current value. */
    public RefusedException invalid(String what) {
        return invalid(shortPointer(), what);
    }

    /** Refuses the value at this pointer. */
    public static RefusedException invalid(String pointer, String what) {
        return new RefusedException(Refusal.ofField(ErrorCode.BODY_INVALID, new FieldViolation(pointer, what)));
    }

    private String shortPointer() {
        return pointer.length() > MAX_POINTER ? "" : pointer.toString();
    }

    private void require(JsonToken expected, String what) throws RefusedException {
        if (parser.currentToken() != expected) {
            throw invalid(what);
        }
    }

    /** RFC 6901, section 3. */
    private void step(String name) {
        pointer.append('/');
        if (name.indexOf('~') < 0 && name.indexOf('/') < 0) {
            pointer.append(name);
        } else {
            pointer.append(name.replace("~", "~0").replace("/", "~1"));
        }
    }
}
