package dev.secureprediction.gateway.answer;

import dev.secureprediction.gateway.surface.AnswerFrame;
import java.util.List;
import java.util.Optional;

/**
 * A piece of an answer that a caller's client reads as one: a whole body, one server-sent event, one element of an array.
 * Written one behind the other, frames are the answer.
 *
 * @param before what stands in front of the data, such as `data: `; not to be changed
 * @param data the JSON itself; empty where the frame is only framing, such as a comment or the end of an array; not to
 *     be changed
 * @param after what stands behind the data; not to be changed
 * @param content what the data holds
 */
@SuppressWarnings("ArrayRecordComponent") // never compared; handed on once
public record Frame(byte[] before, byte[] data, byte[] after, AnswerFrame content) {
    /** Content of a frame without data. */
    public static final AnswerFrame NOTHING =
            new AnswerFrame(List.of(), List.of(), false, Optional.empty(), AnswerFrame.End.OPEN);

    public boolean hasData() {
        return data.length > 0;
    }

    /** The same with other data. */
    public Frame with(byte[] otherData, AnswerFrame otherContent) {
        return new Frame(before, otherData, after, otherContent);
    }

    /** Size on the wire, in bytes. */
    public int length() {
        return before.length + data.length + after.length;
    }

    /** All of it, to be written. */
    public byte[] bytes() {
        byte[] all = new byte[length()];
        System.arraycopy(before, 0, all, 0, before.length);
        System.arraycopy(data, 0, all, before.length, data.length);
        System.arraycopy(after, 0, all, before.length + data.length, after.length);
        return all;
    }
}
