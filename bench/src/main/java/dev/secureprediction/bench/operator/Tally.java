package dev.secureprediction.bench.operator;

import dev.secureprediction.sandbox.Sandbox;
import dev.secureprediction.sandbox.cloud.observe.Call;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Collectors;

/** What the operator asked of the API server and of Google Cloud since it was made or turned. */
final class Tally {
    private static final String OPERATOR = "system:serviceaccount:secure-prediction-system:secure-prediction-operator";

    private final Requests requests;
    private final Map<String, LongAdder> cloud = new TreeMap<>();

    Tally(Sandbox sandbox) {
        this.requests = new Requests(sandbox.cluster().audit(), OPERATOR);
        sandbox.cloud().calls().told(this::count);
    }

    private synchronized void count(Call call) {
        if (!call.principal().contains("spe-operator@")) {
            return;
        }
        String kind =
                (call.mutating() ? "write " : "read ") + (ModelKind.counts(call) || !call.mutating() ? "" : "refused ");
        cloud.computeIfAbsent(kind + call.simpleMethod(), name -> new LongAdder())
                .increment();
    }

    /** Counts from now on. */
    synchronized void turn() {
        requests.turn();
        cloud.clear();
    }

    /** Calls to Google by method, of those that are done so: `write `, `write refused `, `read `. */
    synchronized Map<String, Long> google(String prefix) {
        return cloud.entrySet().stream()
                .filter(entry -> entry.getKey().startsWith(prefix))
                .collect(Collectors.toMap(
                        entry -> entry.getKey().substring(prefix.length()),
                        entry -> entry.getValue().sum(),
                        (one, other) -> one,
                        TreeMap::new));
    }

    Map<String, Long> kubernetesWrites() {
        return requests.writes();
    }

    List<String> firstWrites() {
        return requests.firstWrites();
    }

    Map<String, Long> kubernetesReads() {
        return requests.reads();
    }

    static long sum(Map<String, Long> counts) {
        return counts.values().stream().mapToLong(Long::longValue).sum();
    }
}
