package dev.secureprediction.gateway.answer;

/** A JSON array (RFC 8259) whose elements arrive one by one, each a frame. */
final class ArraySplitter implements FrameSplitter {
    private static final byte[] NO_BYTES = {};

    private enum State {
        BEFORE_ARRAY,
        BEFORE_ELEMENT,
        /** Inside an object or array. */
        IN_STRUCTURE,
        /** Inside a string that is an element itself. */
        IN_TEXT,
        /** Inside a number or a word. */
        IN_SCALAR,
        AFTER_ELEMENT,
        AFTER_ARRAY
    }

    private final Pending pending;
    private State state = State.BEFORE_ARRAY;
    private int scanned;
    private int elementStart;
    private int depth;
    private boolean inString;
    private boolean escaped;

    /**
     * A splitter for one array.
     *
     * @param most largest element, in bytes
     */
    ArraySplitter(int most) {
        pending = new Pending(most);
    }

    @Override
    public void take(byte[] piece, Frames out) throws UnreadableAnswerException {
        pending.add(piece);
        while (scanned < pending.size()) {
            step(pending.at(scanned), out);
        }
    }

    @Override
    public void finish(Frames out) throws UnreadableAnswerException {
        if (state != State.AFTER_ARRAY) {
            throw new UnreadableAnswerException("ARRAY_NOT_CLOSED");
        }
        if (pending.size() > 0) {
            out.frame(pending.copy(0, pending.size()), NO_BYTES, NO_BYTES);
            pending.drop(pending.size());
            scanned = 0;
        }
    }

    @Override
    public int held() {
        return pending.size();
    }

    private void step(byte next, Frames out) throws UnreadableAnswerException {
        switch (state) {
            case BEFORE_ARRAY -> {
                if (next == '[') {
                    state = State.BEFORE_ELEMENT;
                } else {
                    requireSpace(next);
                }
                scanned++;
            }
            case BEFORE_ELEMENT -> beforeElement(next, out);
            case IN_STRUCTURE -> inStructure(next, out);
            case IN_TEXT -> inText(next, out);
            case IN_SCALAR -> {
                if (next == ',' || next == ']' || isSpace(next)) {
                    element(scanned, out);
                } else {
                    scanned++;
                }
            }
            case AFTER_ELEMENT -> afterElement(next, out);
            case AFTER_ARRAY -> {
                requireSpace(next);
                scanned++;
            }
        }
    }

    private void beforeElement(byte next, Frames out) throws UnreadableAnswerException {
        if (next == ']') {
            close(out);
            return;
        }
        if (next == ',') {
            throw new UnreadableAnswerException("NOT_AN_ARRAY");
        }
        if (!isSpace(next)) {
            elementStart = scanned;
            inString = false;
            escaped = false;
            depth = 0;
            state = next == '{' || next == '[' ? State.IN_STRUCTURE : next == '"' ? State.IN_TEXT : State.IN_SCALAR;
            if (state == State.IN_STRUCTURE) {
                depth = 1;
            }
        }
        scanned++;
    }

    private void inStructure(byte next, Frames out) {
        scanned++;
        if (inString) {
            inString = escaped || next != '"';
            escaped = !escaped && next == '\\';
        } else if (next == '"') {
            inString = true;
        } else if (next == '{' || next == '[') {
            depth++;
        } else if ((next == '}' || next == ']') && --depth == 0) {
            element(scanned, out);
        }
    }

    private void inText(byte next, Frames out) {
        scanned++;
        if (!escaped && next == '"') {
            element(scanned, out);
        }
        escaped = !escaped && next == '\\';
    }

    private void afterElement(byte next, Frames out) throws UnreadableAnswerException {
        if (next == ']') {
            close(out);
            return;
        }
        if (next == ',') {
            state = State.BEFORE_ELEMENT;
        } else {
            requireSpace(next);
        }
        scanned++;
    }

    private void element(int end, Frames out) {
        out.frame(pending.copy(0, elementStart), pending.copy(elementStart, end), NO_BYTES);
        pending.drop(end);
        scanned = 0;
        state = State.AFTER_ELEMENT;
    }

    private void close(Frames out) {
        scanned++;
        out.frame(pending.copy(0, scanned), NO_BYTES, NO_BYTES);
        pending.drop(scanned);
        scanned = 0;
        state = State.AFTER_ARRAY;
    }

    private static void requireSpace(byte next) throws UnreadableAnswerException {
        if (!isSpace(next)) {
            throw new UnreadableAnswerException("NOT_AN_ARRAY");
        }
    }

    private static boolean isSpace(byte next) {
        return next == ' ' || next == '\n' || next == '\r' || next == '\t';
    }
}
