package dev.secureprediction.gateway.audit;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Standard output, or a file. A write that broke off in the middle of a line goes on there. */
public final class ChannelSink implements AuditSink {
    private final WritableByteChannel channel;

    private ChannelSink(WritableByteChannel channel) {
        this.channel = channel;
    }

    @SuppressWarnings("resource") // standard output lives as long as the process
    public static AuditSink standardOutput() {
        return new ChannelSink(new FileOutputStream(FileDescriptor.out).getChannel());
    }

    /**
     * Appends to a file, which is made where it is not there.
     *
     * @throws IOException when it cannot be opened
     */
    public static AuditSink file(Path file) throws IOException {
        return new ChannelSink(
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND));
    }

    @Override
    public void write(ByteBuffer lines) throws IOException {
        channel.write(lines);
    }
}
