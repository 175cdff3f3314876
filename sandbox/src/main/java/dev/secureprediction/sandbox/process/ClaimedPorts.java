package dev.secureprediction.sandbox.process;

import dev.secureprediction.sandbox.SandboxException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * TCP ports of 127.0.0.1 for programs that must be told theirs before they start. They are outside of what the kernel gives to outgoing
 * connections (32,768 and above on Linux, {@code ip_local_port_range} of ip(7)), which would take a free one at any moment, and are
 * claimed as long as this process lives by a file in the user's cache that names it.
 */
public final class ClaimedPorts {

    /** Below are ports that people give to servers of their own. */
    static final int FIRST = 20_000;

    static final int LAST = 32_767;
    private static final String CLAIMS = "ports";

    private ClaimedPorts() {}

    /**
     * One.
     *
     * @throws SandboxException when no port between 20,000 and 32,767 is left
     */
    public static int claim(UserCache cache) {
        return claim(cache, 1).getFirst();
    }

    /**
     * That many different ones.
     *
     * @throws SandboxException when there are not so many between 20,000 and 32,767
     */
    public static List<Integer> claim(UserCache cache, int count) {
        return cache.exclusively(CLAIMS, () -> {
            var claims = cache.folder(CLAIMS);
            var own = ProcessIdentity.own();
            var taken = new ArrayList<Integer>();
            for (var port = FIRST; port <= LAST && taken.size() < count; port++) {
                var claim = claims.resolve(Integer.toString(port));
                if (ProcessIdentity.ofClaim(claim).isEmpty() && free(port)) {
                    write(claim, own);
                    taken.add(port);
                }
            }
            if (taken.size() < count) {
                throw new SandboxException("no free port between " + FIRST + " and " + LAST + ": stop some sandboxes");
            }
            return List.copyOf(taken);
        });
    }

    private static void write(Path claim, ProcessIdentity own) {
        try {
            Files.writeString(claim, own.toLine());
        } catch (IOException e) {
            throw new SandboxException("cannot write " + claim + ": " + e.getMessage(), e);
        }
    }

    private static boolean free(int port) {
        try (var socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return socket.isBound();
        } catch (IOException inUse) {
            return false;
        }
    }
}
