package dev.secureprediction.operator.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.rpc.Code;
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
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Getting there takes few writes, and to Google Cloud exactly those that a table states. Once everything is as wanted nobody
 * writes, neither to the API server nor to Google Cloud, however often both are read. The whole measure is
 * {@code -Dsettled.endpoints=10 -Dsettled.rest=300}: thirty endpoints, five minutes; that of thousands is {@code bench/operator}.
 */
final class SettledIT {

    private static final Logger LOG = LoggerFactory.getLogger(SettledIT.class);

    /** Of each environment. */
    private static final int ENDPOINTS = Integer.getInteger("settled.endpoints", 3);

    private static final Duration REST = Duration.ofSeconds(Integer.getInteger("settled.rest", 45));

    /** Of one endpoint: finalizer, record and what a gateway is made of come to nine, and one may have to be written again. */
    private static final int MOST_WRITES = 10;

    /** When the endpoint was made and which model serves are recorded once both are known. */
    private static final int MORE_FOR_DEPLOYED = 1;

    /** What a status passes through on the way depends on how fast pods start; a storm of them is none of it. */
    private static final int MOST_STATUSES = 8;

    private static final String OPERATOR = "system:serviceaccount:" + Platform.SYSTEM + ":" + Platform.OPERATOR;

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
        long mark = sandbox.cluster().audit().mark();
        var since = sandbox.cloud().state().clock().instant();
        stages.forEach(SettledIT::fill);
        stages.forEach(stage -> names().forEach(stage::awaitReady));
        rest(SETTLING);

        // then few writes have led there: to Google Cloud those that docs/performance-operator.md states
        int endpoints = stages.size() * ENDPOINTS;
        long deployed =
                stages.size() * names().stream().filter(name -> kind(name) == 0).count();
        assertThat(changes(since))
                .isEqualTo(Map.of(
                        "CreateServiceAccount",
                        (long) endpoints,
                        "SetIamPolicy",
                        2L * endpoints,
                        "CreateEndpoint",
                        deployed,
                        "DeployModel",
                        deployed));
        var written = operatorsWrites(mark);
        LOG.info("writes of the operator until {} endpoints had settled: {}", endpoints, written);
        assertThat(sum(written, "securepredictionendpoints/status", "events"))
                .isLessThanOrEqualTo((long) MOST_STATUSES * endpoints);
        assertThat(sum(written) - sum(written, "securepredictionendpoints/status", "events"))
                .isLessThanOrEqualTo((long) MOST_WRITES * endpoints + MORE_FOR_DEPLOYED * deployed);

        // when nothing happens
        mark = sandbox.cluster().audit().mark();
        since = sandbox.cloud().state().clock().instant();
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
        var calm = since;
        long end = mark;
        await().atMost(Platform.LONG).untilAsserted(() -> {
            assertThat(sandbox.cloud().calls().mutatingSince(calm)).isNotEmpty();
            assertThat(writes(end)).isNotEmpty();
        });
    }

    private static List<String> names() {
        return IntStream.range(0, ENDPOINTS).mapToObj(i -> "endpoint-" + i).toList();
    }

    /** The kinds of models take turns. */
    private static void fill(Stage stage) {
        names().forEach(name -> {
            switch (kind(name)) {
                case 0 -> stage.applyChurn(name);
                case 1 -> stage.applyFraud(name);
                default -> stage.applyChat(name, "ml-analysts-qa");
            }
        });
    }

    private static int kind(String name) {
        return names().indexOf(name) % 3;
    }

    /** What was changed in Google Cloud since then, by method. A policy that somebody else was quicker to write was not. */
    private Map<String, Long> changes(Instant since) {
        return sandbox.cloud().calls().mutatingSince(since).stream()
                .filter(call -> call.code() == Code.OK)
                .collect(Collectors.groupingBy(Call::simpleMethod, Collectors.counting()));
    }

    /** Of endpoints, by what was written; authorities and verifiers are made once for an environment. */
    private Map<String, Long> operatorsWrites(long mark) {
        return writes(mark).stream()
                .filter(request -> request.actor().equals(OPERATOR))
                .filter(request -> !request.resource().startsWith("predictionenvironments"))
                .filter(request -> !request.verb().equals("create")
                        || (request.resource().equals("events")
                                && !request.namespace().equals("default")))
                .collect(Collectors.groupingBy(
                        request -> request.verb() + " " + request.resource(), TreeMap::new, Collectors.counting()));
    }

    private static long sum(Map<String, Long> written, String... endings) {
        return written.entrySet().stream()
                .filter(entry -> endings.length == 0 || Stream.of(endings).anyMatch(entry.getKey()::endsWith))
                .mapToLong(Map.Entry::getValue)
                .sum();
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
