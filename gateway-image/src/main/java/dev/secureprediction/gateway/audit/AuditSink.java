package dev.secureprediction.gateway.audit;

import java.io.IOException;
import java.nio.ByteBuffer;

/** Where lines go. Used by one thread. */
public interface AuditSink {

    /**
     * Takes lines, each with its end; the buffer's position says how many bytes it took.
     *
     * @throws IOException when it cannot take more now; what remains in the buffer is offered again
     */
    void write(ByteBuffer lines) throws IOException;
}
