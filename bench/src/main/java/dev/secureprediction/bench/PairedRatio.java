package dev.secureprediction.bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * CPU time per call of two subjects by turns, in slices of under half a second, so that what the machine does meanwhile
 * hits both. The figure is the ratio of the two slices of a pair.
 */
final class PairedRatio {
    static final Duration SLICE = Duration.ofMillis(400);

    /**
     * What pairs of slices came to.
     *
     * @param ratio ours by theirs, median over the pairs
     * @param lowest smallest ratio of a pair
     * @param highest largest
     * @param ourMicros CPU microseconds per call of the first subject, median
     * @param theirMicros of the second
     * @param failed calls without a 200
     */
    record Result(double ratio, double lowest, double highest, double ourMicros, double theirMicros, int failed) {}

    private PairedRatio() {}

    static Result measure(Subject ours, Load ourLoad, Subject theirs, Load theirLoad, int pairs) {
        List<Double> ratios = new ArrayList<>();
        List<Double> our = new ArrayList<>();
        List<Double> their = new ArrayList<>();
        int failed = 0;
        for (int i = 0; i < pairs; i++) {
            Slice first = slice(ours, ourLoad);
            Slice second = slice(theirs, theirLoad);
            ratios.add(first.micros / second.micros);
            our.add(first.micros);
            their.add(second.micros);
            failed += first.failed + second.failed;
        }
        return new Result(
                median(ratios),
                ratios.stream().mapToDouble(Double::doubleValue).min().orElse(Double.NaN),
                ratios.stream().mapToDouble(Double::doubleValue).max().orElse(Double.NaN),
                median(our),
                median(their),
                failed);
    }

    /** Medians over rounds, as a report has them. */
    static String summary(List<Result> rounds) {
        return String.format(
                Locale.ROOT,
                "%.3f (rounds %s; pairs %.2f to %.2f); %.1f µs and %.1f µs; %d failed",
                median(rounds.stream().map(Result::ratio).toList()),
                rounds.stream()
                        .map(result -> String.format(Locale.ROOT, "%.3f", result.ratio()))
                        .collect(Collectors.joining(" ")),
                rounds.stream().mapToDouble(Result::lowest).min().orElse(Double.NaN),
                rounds.stream().mapToDouble(Result::highest).max().orElse(Double.NaN),
                median(rounds.stream().map(Result::ourMicros).toList()),
                median(rounds.stream().map(Result::theirMicros).toList()),
                rounds.stream().mapToInt(Result::failed).sum());
    }

    private record Slice(double micros, int failed) {}

    private static Slice slice(Subject subject, Load load) {
        long before = CpuClock.nanos(subject.pid());
        Outcome outcome = load.asFastAsItGoes(SLICE);
        long used = CpuClock.nanos(subject.pid()) - before;
        return new Slice(used / 1_000.0 / Math.max(1, outcome.good()), outcome.failed());
    }

    static double median(List<Double> values) {
        List<Double> sorted = values.stream().sorted().toList();
        int middle = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    }
}
