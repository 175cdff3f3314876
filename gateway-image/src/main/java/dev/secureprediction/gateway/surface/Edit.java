package dev.secureprediction.gateway.surface;

/**
 * A change of a body; all other bytes stay as they are.
 *
 * @param span what is replaced; empty: something is put in
 * @param replacement the bytes instead, JSON; not to be changed
 */
@SuppressWarnings("ArrayRecordComponent") // never compared; handed on once
public record Edit(Span span, byte[] replacement) {

    /** The body with this change. */
    public byte[] applyTo(byte[] body) {
        byte[] changed = new byte[body.length - (span.to() - span.from()) + replacement.length];
        System.arraycopy(body, 0, changed, 0, span.from());
        System.arraycopy(replacement, 0, changed, span.from(), replacement.length);
        System.arraycopy(body, span.to(), changed, span.from() + replacement.length, body.length - span.to());
        return changed;
    }
}
