package dev.secureprediction.sandbox.node.volume;

import java.util.Arrays;

/** One file of a volume: its bytes, which nobody changes any more, and its POSIX permission bits. */
final class FileContent {

    private final byte[] bytes;
    private final int mode;

    FileContent(byte[] bytes, int mode) {
        this.bytes = bytes;
        this.mode = mode;
    }

    byte[] bytes() {
        return bytes;
    }

    int mode() {
        return mode;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof FileContent content && mode == content.mode && Arrays.equals(bytes, content.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes) + mode;
    }

    /** The bytes may be a secret. */
    @Override
    public String toString() {
        return "FileContent[" + bytes.length + " bytes]";
    }
}
