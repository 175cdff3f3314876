package dev.secureprediction.operator.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.secureprediction.sandbox.Sandbox;
import dev.secureprediction.sandbox.cloud.observe.Call;
import dev.secureprediction.sandbox.cluster.AuditedRequest;
import dev.secureprediction.sandbox.junit.SandboxExtension;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Once everything is as wanted nobody writes, neither to the API server nor to Google Cloud, however often both are read. The
 * whole measure is {@code -Dsettled.endpoints=10 -Dsettled.rest=300}: thirty endpoints, five minutes.
 */
final class SettledIT {

    private static final Logger LOG = LoggerFactory.getLogger(SettledIT.class);

    /** Of each environment. */
    private static final int ENDPOINTS = Integer.getInteger("settled.endpoints", 3);

    private static final Duration REST = Duration.ofSeconds(Integer.getInteger("settled.rest", 45));

    /** In which what was written last is seen, and the events of it are counted. */
    private static final Duration SETTLING = Duration.ofSeconds(15);

    /** A sandbox of its own, since every write counts. */
    @RegisterExtension
    static final SandboxExtension SANDBOX = SandboxExtension.alone();

    private final Sandbox sandbox;

    SettledIT(Sandbox sandbox) {
        this.sandbox = sandbox;
    }

    @Test
    void settledMeansSilent() throws IOException {
        // given three environments, each read again every ten seconds, and their endpoints
        var stages = Stream.of("one", "two", "three")
                .map(name -> Stage.set(sandbox, "settled-" + name))
                .toList();
        stages.forEach(SettledIT::fill);
        stages.forEach(stage -> names().forEach(stage::awaitReady));
        rest(SETTLING);

        // when nothing happens
        long mark = sandbox.cluster().audit().mark();
        var since = sandbox.cloud().state().clock().instant();
        rest(REST);

        // then nobody has written anything, and the cloud was read all the time
        var calls = sandbox.cloud().calls().since(since);
        LOG.info(
                "{} endpoints at rest for {}: {} calls to Google, operator's memory {}",
                stages.size() * ENDPOINTS,
                REST,
                calls.size(),
                memory(stages.getFirst().platform()));
        assertThat(writes(mark)).isEmpty();
        assertThat(calls).noneMatch(Call::mutating);
        assertThat(calls)
                .filteredOn(call -> call.simpleMethod().equals("GetIamPolicy"))
                .hasSizeGreaterThan(stages.size() * ENDPOINTS * 2);

        // when somebody spoils one thing, then what is counted here is seen to count
        spoil(stages.getFirst());
        await().atMost(Platform.LONG).untilAsserted(() -> {
            assertThat(sandbox.cloud().calls().mutatingSince(since)).isNotEmpty();
            assertThat(writes(mark)).isNotEmpty();
        });
    }

    private static List<String> names() {
        return IntStream.range(0, ENDPOINTS).mapToObj(i -> "endpoint-" + i).toList();
    }

    /** One of the endpoints has a model of its own in Google Cloud. */
    private static void fill(Stage stage) {
        names().forEach(name -> {
            if (name.endsWith("-0")) {
                stage.applyChurn(name);
            } else {
                stage.applyChat(name, "ml-analysts-qa");
            }
        });
    }

    private void spoil(Stage stage) {
        var name = names().getLast();
        var identity = Objects.requireNonNull(stage.status(name).identity());
        sandbox.cloud()
                .state()
                .policies()
                .revoke(
                        "projects/" + Stage.PROJECT,
                        String.valueOf(identity.role()),
                        "serviceAccount:" + identity.serviceAccount());
    }

    /** By whomever; leases aside. */
    private List<AuditedRequest> writes(long mark) {
        return sandbox.cluster().audit().since(mark).stream()
                .filter(request -> request.mutating() && !request.resource().equals("leases"))
                .toList();
    }

    private static void rest(Duration time) {
        var until = Instant.now().plus(time);
        await().atMost(time.plusSeconds(60)).until(() -> Instant.now().isAfter(until));
    }

    private static List<String> memory(Platform platform) throws IOException {
        var found = platform.operatorPods().stream()
                .flatMap(pod -> platform.processes(pod).stream())
                .toList();
        var memory = new ArrayList<String>();
        for (var process : found) {
            try (var lines = Files.lines(Path.of("/proc/" + process.pid() + "/status"))) {
                lines.filter(line -> line.startsWith("VmRSS:")).forEach(memory::add);
            }
        }
        return memory;
    }
}
