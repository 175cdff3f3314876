package dev.secureprediction.gateway.pipeline;

import dev.secureprediction.gateway.error.ErrorCode;
import dev.secureprediction.gateway.error.FieldViolation;
import dev.secureprediction.gateway.error.Refusal;
import dev.secureprediction.gateway.error.RefusedException;
import dev.secureprediction.gateway.limits.Pass;
import dev.secureprediction.gateway.policy.PolicySnapshot;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;

/**
 * A request that has its place and now collects its body, within bounds at every step. Only {@link Admission} makes one.
 * Not for several threads at a time.
 */
public final class AdmittedRequest implements AutoCloseable {
    private static final int BLOCK = 8 * 1024;

    private final AuthorizedRequest authorized;
    private final Admission admission;
    private final BodyType type;
    private final Pass pass;
    private final boolean gzip;
    private final long limit;
    private final List<byte[]> pieces = new ArrayList<>();
    private int received;
    private long held;
    private boolean closed;

    AdmittedRequest(
            AuthorizedRequest authorized, Admission admission, BodyType type, Pass pass, boolean gzip, long limit) {
        this.authorized = authorized;
        this.admission = admission;
        this.type = type;
        this.pass = pass;
        this.gzip = gzip;
        this.limit = limit;
    }

    AuthorizedRequest authorized() {
        return authorized;
    }

    public PolicySnapshot policy() {
        return authorized.policy();
    }

    BodyType type() {
        return type;
    }

    /** How the call was counted against its role's limits. */
    public Pass pass() {
        return pass;
    }

    /** Takes the next bytes of the body; refuses the first byte too many, whatever length was announced. */
    public void append(byte[] bytes) throws RefusedException {
        if (closed) {
            return; // what still arrives after a refusal
        }
        if ((long) received + bytes.length > limit) {
            throw Admission.tooLarge(limit);
        }
        hold(bytes.length);
        pieces.add(bytes);
        received += bytes.length;
    }

    /** Bytes received so far. */
    public int received() {
        return received;
    }

    /** The whole body, decoded from gzip where it was. */
    byte[] decoded() throws RefusedException {
        if (!gzip) {
            return takeBody();
        }
        ByteArrayOutputStream plain = new ByteArrayOutputStream();
        byte[] block = new byte[BLOCK];
        try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(takeBody()))) {
            for (int count = in.read(block); count >= 0; count = in.read(block)) {
                if ((long) plain.size() + count > limit) {
                    throw Admission.tooLarge(limit); // a bomb never gets larger than what anyone may send
                }
                hold(count);
                plain.write(block, 0, count);
            }
        } catch (IOException e) {
            throw new RefusedException(
                    Refusal.ofField(ErrorCode.BODY_MALFORMED, new FieldViolation("", "is not valid gzip")));
        }
        return plain.toByteArray();
    }

    /** The received bytes in one piece; they are not kept twice. */
    private byte[] takeBody() {
        if (pieces.size() == 1) {
            return pieces.removeFirst();
        }
        byte[] body = new byte[received];
        int at = 0;
        for (byte[] piece : pieces) {
            System.arraycopy(piece, 0, body, at, piece.length);
            at += piece.length;
        }
        pieces.clear();
        return body;
    }

    private void hold(int bytes) throws RefusedException {
        admission.reserve(bytes);
        held += bytes;
    }

    /** Gives the place back; once. */
    @Override
    public void close() {
        if (!closed) {
            closed = true;
            admission.leave(held);
            pass.close();
        }
    }
}
