package dev.secureprediction.sandbox.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A port that a program is told, and has when it starts a moment later. */
final class ClaimedPortsTest {

    @TempDir
    private Path folder;

    @Test
    void outgoingConnectionsAreNotGivenIt() throws Exception {
        // given the first port that Linux gives to outgoing connections
        var range = Files.readAllLines(Path.of("/proc/sys/net/ipv4/ip_local_port_range"))
                .getFirst();
        var given = Integer.parseInt(range.substring(0, range.indexOf('\t')));
        // when one is claimed, then it is below
        assertThat(ClaimedPorts.claim(new UserCache(folder))).isLessThan(given);
    }

    @Test
    void nobodyElseIsGivenItBeforeTheProgramListens() {
        var cache = new UserCache(folder);
        // given two that are claimed and not listened at
        var first = ClaimedPorts.claim(cache, 2);
        // when others are claimed, then these are other ones
        assertThat(first).doesNotHaveDuplicates().doesNotContainAnyElementsOf(ClaimedPorts.claim(cache, 3));
    }

    @Test
    void whatAProgramListensAtIsPassedOver() throws Exception {
        // given a server at the port that would be next
        var next = ClaimedPorts.claim(new UserCache(folder.resolve("before")));
        try (var server = new ServerSocket(next, 1, InetAddress.getLoopbackAddress())) {
            // when one is claimed by a user who knows of none, then it is another
            assertThat(ClaimedPorts.claim(new UserCache(folder.resolve("after"))))
                    .isNotEqualTo(server.getLocalPort());
        }
    }

    @Test
    void theClaimOfAProcessThatHasEndedIsVoid() throws Exception {
        var cache = new UserCache(folder);
        // given a claim by a process of an earlier boot
        var port = ClaimedPorts.claim(cache);
        var own = ProcessIdentity.own();
        Files.writeString(
                folder.resolve("ports").resolve(Integer.toString(port)),
                new ProcessIdentity(own.pid(), own.startTicks(), "another-boot").toLine());
        // when one is claimed, then it is that one again
        assertThat(ClaimedPorts.claim(cache)).isEqualTo(port);
    }
}
