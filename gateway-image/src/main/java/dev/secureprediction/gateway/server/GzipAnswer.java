package dev.secureprediction.gateway.server;

import dev.secureprediction.gateway.pipeline.RequestHead;
import io.vertx.core.buffer.Buffer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;

/** Compresses one answer that does not stream. Fast rather than small: it runs on the event loop. */
final class GzipAnswer {
    /** Shorter ones are not worth it, in bytes. */
    private static final long LEAST = 4 * 1024;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream(4 * 1024);
    private final Gzip gzip;

    private static final class Gzip extends GZIPOutputStream {
        Gzip(ByteArrayOutputStream out) throws IOException {
            super(out, 4 * 1024);
            def.setLevel(Deflater.BEST_SPEED);
        }

        void release() {
            def.end();
        }
    }

    GzipAnswer() {
        try {
            gzip = new Gzip(out);
        } catch (IOException e) {
            throw new UncheckedIOException(e); // an array in memory does not fail
        }
    }

    /** Whether a caller takes gzip (RFC 9110, section 12.5.3); `q=0` says no. */
    static boolean acceptedBy(RequestHead head) {
        for (String value : head.all("Accept-Encoding")) {
            for (String coding : value.toLowerCase(Locale.ROOT).split(",", -1)) {
                String plain = coding.replace(" ", "");
                if (plain.equals("gzip") || (plain.startsWith("gzip;q=") && !plain.matches("gzip;q=0(\\.0*)?"))) {
                    return true;
                }
            }
        }
        return false;
    }

    /** Whether an answer of this kind and length, where known, gets smaller. */
    static boolean worthFor(String contentType, OptionalLong length) {
        if (length.orElse(0) < LEAST) {
            return false;
        }
        String type = contentType.toLowerCase(Locale.ROOT);
        return (type.startsWith("application/json") || type.startsWith("text/"))
                && !type.startsWith("text/event-stream");
    }

    /** What can go out after these bytes. */
    Buffer write(Buffer bytes) {
        try {
            gzip.write(bytes.getBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return taken();
    }

    /** The rest. */
    Buffer finish() {
        try {
            gzip.finish();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return taken();
    }

    /** Gives the memory back; once, however the answer ended. */
    void close() {
        gzip.release();
    }

    private Buffer taken() {
        Buffer taken = Buffer.buffer(out.toByteArray());
        out.reset();
        return taken;
    }
}
