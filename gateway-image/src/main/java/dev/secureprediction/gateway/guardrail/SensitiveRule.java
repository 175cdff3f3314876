package dev.secureprediction.gateway.guardrail;

import com.google.re2j.Matcher;
import dev.secureprediction.policy.pattern.SensitiveKind;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Kinds of sensitive data, stopped or masked by their kind's name. */
final class SensitiveRule implements LocalRule {
    private final List<Detector> detectors;
    private final boolean masks;

    private SensitiveRule(List<Detector> detectors, boolean masks) {
        this.detectors = detectors;
        this.masks = masks;
    }

    /**
     * A rule for these kinds.
     *
     * @throws IllegalArgumentException when one is not known
     */
    static SensitiveRule of(List<String> kinds, boolean masks) {
        return new SensitiveRule(
                kinds.stream().map(SensitiveKind::valueOf).map(Detector::of).toList(), masks);
    }

    @Override
    public boolean masks() {
        return masks;
    }

    @Override
    public int longest() {
        return detectors.stream().mapToInt(Detector::longest).max().orElse(0);
    }

    /** In order and without overlaps; of two that overlap, the longer. Looked for in the text as it is seen. */
    @Override
    public List<Finding> find(String text, boolean begun, boolean more) {
        List<Finding> found = new ArrayList<>();
        SeenText seen = SeenText.of(text);
        int first = begun && !text.isEmpty() ? seen.from(Character.charCount(text.codePointAt(0))) : 0;
        for (Detector detector : detectors) {
            find(detector, seen, first, more, found);
        }
        found.sort(Comparator.comparingInt(Finding::from)
                .thenComparing(Comparator.comparingInt(Finding::to).reversed()));
        List<Finding> apart = new ArrayList<>(found.size());
        for (Finding next : found) {
            if (apart.isEmpty() || next.from() >= apart.getLast().to()) {
                apart.add(next);
            }
        }
        return apart;
    }

    private static void find(Detector detector, SeenText seen, int first, boolean more, List<Finding> found) {
        String text = seen.text();
        Matcher matcher = detector.pattern().matcher(text);
        int from = first;
        while (from <= text.length() && matcher.find(from)) {
            int start = matcher.start();
            int end = matcher.end();
            int meant = !more || end < text.length() ? detector.meantEnd(text, start, end) : -1;
            if (meant > start) {
                found.add(new Finding(seen.start(start), seen.end(meant), "[" + detector.kind() + "]"));
                from = meant;
            } else {
                from = start + 1;
            }
        }
    }
}
