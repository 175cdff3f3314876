package dev.secureprediction.gateway.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.Channel;
import io.netty.channel.embedded.EmbeddedChannel;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** Many calls at once, before there is any connection. */
final class ModelPoolTest {
    private static final int CROWD = 100;

    private final ModelPool pool = new ModelPool("model.test", 200);
    private final Deque<Handshake> handshakes = new ArrayDeque<>();
    private final List<ModelConnection> taken = new ArrayList<>();
    private final List<Throwable> failures = new ArrayList<>();

    private record Handshake(
            Function<Channel, ModelConnection> made, Consumer<ModelConnection> ready, Consumer<Throwable> failed) {
        void succeed() {
            ready.accept(made.apply(new EmbeddedChannel()));
        }
    }

    private BooleanSupplier take() {
        return pool.take(
                (made, ready, failed) -> handshakes.add(new Handshake(made, ready, failed)), taken::add, failures::add);
    }

    private List<BooleanSupplier> crowd() {
        List<BooleanSupplier> waits = new ArrayList<>();
        for (int i = 0; i < CROWD; i++) {
            waits.add(take());
        }
        return waits;
    }

    private static long inLine(List<BooleanSupplier> waits) {
        return waits.stream().filter(BooleanSupplier::getAsBoolean).count();
    }

    @Test
    void opensFewConnectionsAtATimeAndSaysWhoWaitsInLine() {
        List<BooleanSupplier> waits = crowd();

        assertThat(handshakes).hasSize(ModelPool.MOST_OPENING);
        assertThat(inLine(waits)).isEqualTo(CROWD - ModelPool.MOST_OPENING);

        handshakes.remove().succeed();

        assertThat(taken).hasSize(1);
        assertThat(handshakes).hasSize(ModelPool.MOST_OPENING);
        assertThat(inLine(waits)).isEqualTo(CROWD - ModelPool.MOST_OPENING - 1);
    }

    @Test
    void servesTheLineWithConnectionsThatBecomeFree() {
        crowd();
        handshakes.remove().succeed();

        for (int i = 1; i < CROWD; i++) {
            pool.free(taken.getFirst());
        }

        assertThat(taken).hasSize(CROWD).containsOnly(taken.getFirst());
    }

    @Test
    void aHandshakeThatFailsIsOneCallersFailureAndLetsTheNextTry() {
        List<BooleanSupplier> waits = crowd();

        handshakes.remove().failed().accept(new IOException("refused"));

        assertThat(failures).hasSize(1);
        assertThat(handshakes).hasSize(ModelPool.MOST_OPENING);
        assertThat(inLine(waits)).isEqualTo(CROWD - ModelPool.MOST_OPENING - 1);
    }

    @Test
    void everyCallOfACrowdIsServedOrFailsInTheEnd() {
        crowd();
        for (int i = 0; !handshakes.isEmpty(); i++) {
            Handshake next = handshakes.remove();
            if (i % 3 == 0) {
                next.failed().accept(new IOException("refused"));
            } else {
                next.succeed();
            }
        }

        assertThat(taken.size() + failures.size()).isEqualTo(CROWD);
    }

    @Test
    void thoseInLineCountAsConnectionsToCome() {
        crowd();
        crowd();

        take();

        assertThat(failures)
                .hasOnlyElementsOfType(TooManyConnectionsException.class)
                .hasSize(1);
    }
}
