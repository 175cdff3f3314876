package dev.secureprediction.gateway.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.embedded.EmbeddedChannel;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

@SuppressWarnings("FutureReturnValueIgnored") // an embedded channel does at once what it is told
final class HandshakesTest {
    private final Handshakes handshakes = new Handshakes();

    @Test
    void theSlowestMakesRoomForWhoComesNext() {
        // given as many as are kept
        List<EmbeddedChannel> crowd = new ArrayList<>();
        for (int i = 0; i < Handshakes.MOST; i++) {
            crowd.add(begin());
        }
        assertThat(crowd).allMatch(EmbeddedChannel::isOpen);

        // when one more comes
        EmbeddedChannel next = begin();

        // then the first is closed and no other
        assertThat(crowd.removeFirst().isOpen()).isFalse();
        assertThat(crowd).allMatch(EmbeddedChannel::isOpen);
        assertThat(next.isOpen()).isTrue();
        assertThat(handshakes.running()).isEqualTo(Handshakes.MOST);
    }

    @Test
    void whoIsGoneCountsNoLonger() {
        EmbeddedChannel gone = begin();

        gone.close();

        assertThat(handshakes.running()).isZero();
    }

    private EmbeddedChannel begin() {
        EmbeddedChannel channel = new EmbeddedChannel();
        handshakes.began(channel);
        return channel;
    }
}
