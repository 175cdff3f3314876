package dev.secureprediction.sandbox.process;

import dev.secureprediction.sandbox.SandboxException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.BitSet;

/**
 * 127.x.y.0/24, claimed by this process by a file in the user's cache that names it. x follows from the user's name, so that users of
 * one machine rarely meet.
 */
public final class LoopbackRange implements AutoCloseable {

    private static final String CLAIMS = "loopback";
    private static final int FIRST_POD = 10;
    private static final int LAST_POD = 254;

    private final Path claim;
    private final String prefix;
    private final BitSet used = new BitSet();
    private int next = FIRST_POD;

    private LoopbackRange(Path claim, String prefix) {
        this.claim = claim;
        this.prefix = prefix;
    }

    public static LoopbackRange claim(UserCache cache) {
        return cache.exclusively(CLAIMS, () -> {
            // 127.0 is everybody's, 127.1 to 127.15 are left to habits of people
            var second = 16 + Math.floorMod(System.getProperty("user.name").hashCode(), 224);
            for (var third = 0; third < 256; third++) {
                var prefix = "127." + second + "." + third + ".";
                var claim = cache.folder(CLAIMS).resolve(prefix + "0");
                if (ProcessIdentity.ofClaim(claim).isEmpty()) {
                    return take(claim, prefix);
                }
            }
            throw new SandboxException("all 256 loopback ranges of this user are taken: stop some sandboxes");
        });
    }

    private static LoopbackRange take(Path claim, String prefix) {
        try {
            Files.writeString(claim, ProcessIdentity.own().toLine());
            return new LoopbackRange(claim, prefix);
        } catch (IOException e) {
            throw new SandboxException("cannot write " + claim + ": " + e.getMessage(), e);
        }
    }

    /** The node's own address, 127.x.y.1. */
    public String nodeAddress() {
        return prefix + 1;
    }

    /** An address no living pod has; the one that has rested longest. */
    public synchronized String takeAddress() {
        for (var tried = FIRST_POD; tried <= LAST_POD; tried++) {
            var candidate = next;
            next = next == LAST_POD ? FIRST_POD : next + 1;
            if (!used.get(candidate)) {
                used.set(candidate);
                return prefix + candidate;
            }
        }
        throw new SandboxException("no free pod address: the node runs " + used.cardinality() + " pods, its limit");
    }

    public synchronized void release(String address) {
        used.clear(Integer.parseInt(address.substring(prefix.length())));
    }

    @Override
    public void close() {
        try {
            Files.deleteIfExists(claim);
        } catch (IOException e) {
            // a claim of a dead process is taken over by the next start
        }
    }
}
