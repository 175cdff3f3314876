package dev.secureprediction.operator.plan;

import dev.secureprediction.operator.api.v1alpha1.Defaults;
import dev.secureprediction.operator.api.v1alpha1.environment.PredictionEnvironmentSpec;
import dev.secureprediction.operator.resolve.EnvironmentInputs;
import dev.secureprediction.operator.resolve.EnvironmentResolution;
import dev.secureprediction.operator.resolve.EnvironmentResolver;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Which endpoints get the newest edition of their environment next. Members stand in one order, in batches of
 * {@code maxParallelPercent}; a batch begins when every one before it stands. Whoever asks gets the same answer, so that
 * endpoints can ask each for itself.
 *
 * @param target revision of the newest edition
 * @param accepted whether the environment is, with it
 * @param batch how many may be on their way at once
 * @param members all endpoints, by namespace and name
 */
public record RolloutPlan(String target, boolean accepted, int batch, List<RolloutMember> members) {

    private static final int SHOWN = 3;
    private static final int WHOLE = 100;

    /** Where a rollout stands. */
    public enum Stand {
        DONE,
        GOING,
        PAUSED
    }

    /**
     * For people.
     *
     * @param revision of the newest edition
     * @param updated endpoints that have it
     * @param waiting endpoints that do not
     * @param reason why not; empty when all have it
     */
    public record Summary(String revision, int updated, int waiting, Stand stand, String reason) {}

    public RolloutPlan {
        members = members.stream()
                .sorted(Comparator.comparing(
                                (RolloutMember member) -> member.key().namespace())
                        .thenComparing(member -> member.key().name()))
                .toList();
    }

    /** The rollout of an environment as it is now. */
    public static RolloutPlan of(EnvironmentInputs newest, List<RolloutMember> members) {
        return new RolloutPlan(
                newest.revision(),
                EnvironmentResolver.resolve(newest) instanceof EnvironmentResolution.Accepted,
                batch(newest.environment().getSpec(), members.size()),
                members);
    }

    /** How many endpoints of so many get an edit at once. */
    public static int batch(PredictionEnvironmentSpec environment, int endpoints) {
        int percent = Optional.ofNullable(environment.rollout())
                .flatMap(asked -> Optional.ofNullable(asked.maxParallelPercent()))
                .orElse(Defaults.MAX_PARALLEL_PERCENT);
        return Math.max(1, Math.ceilDiv(endpoints * percent, WHOLE));
    }

    /** Whether it is about this edition and so many endpoints: caches that it was made from may be behind others. */
    public boolean isAbout(String revision, int endpoints) {
        return target.equals(revision) && members.size() == endpoints;
    }

    /** Those whose turn it is. */
    public Set<EndpointKey> next() {
        if (!accepted) {
            return Set.of();
        }
        Set<EndpointKey> next = new LinkedHashSet<>();
        waiting().filter(member -> !member.isAvailable()).forEach(member -> next.add(member.key()));
        Map<EndpointKey, Integer> batches = new HashMap<>();
        for (int i = 0; i < members.size(); i++) {
            batches.put(members.get(i).key(), i / batch);
        }
        List<Integer> unsettled =
                unsettled().map(member -> batches.getOrDefault(member.key(), 0)).toList();
        int now = unsettled.stream().min(Integer::compareTo).orElse(Integer.MAX_VALUE);
        List<RolloutMember> queue = queue();
        // one on its way before its turn was broken, and whether this edit mends it is not known yet
        boolean isTrial = now < Integer.MAX_VALUE
                && queue.stream().anyMatch(member -> member.isReady() && batches.getOrDefault(member.key(), 0) < now);
        queue.stream()
                .limit(isTrial ? 0 : Math.max(0, batch - unsettled.size()))
                .filter(member -> batches.getOrDefault(member.key(), 0) <= now)
                .forEach(member -> next.add(member.key()));
        return next;
    }

    /**
     * What an earlier edit broke comes first, alone: unless this one mends it, the rest does not get it. Then those that stand: others
     * cannot tell whether the edition is good.
     */
    private List<RolloutMember> queue() {
        List<RolloutMember> all = waiting().filter(RolloutMember::isAvailable).toList();
        List<RolloutMember> broken =
                all.stream().filter(RolloutMember::isBroken).toList();
        return broken.isEmpty()
                ? all.stream()
                        .sorted(Comparator.comparing(member -> !member.isReady()))
                        .toList()
                : broken;
    }

    private Stream<RolloutMember> waiting() {
        return members.stream().filter(RolloutMember::takesEdits).filter(member -> member.waitsFor(target));
    }

    private Stream<RolloutMember> unsettled() {
        return members.stream().filter(member -> member.isUnsettledOn(target));
    }

    /** Where it stands. */
    public Summary summary(Instant now) {
        int waiting =
                (int) members.stream().filter(member -> member.waitsFor(target)).count();
        List<RolloutMember> failing =
                unsettled().filter(member -> member.isFailing(now)).toList();
        boolean isDone = waiting == 0 && unsettled().findAny().isEmpty();
        boolean isPaused = !isDone && ((!accepted && waiting > 0) || !failing.isEmpty());
        return new Summary(
                target,
                members.size() - waiting,
                waiting,
                isDone ? Stand.DONE : isPaused ? Stand.PAUSED : Stand.GOING,
                isDone ? "" : reason(failing, waiting));
    }

    private String reason(List<RolloutMember> failing, int waiting) {
        if (!accepted && waiting > 0) {
            return "the environment is not accepted as it is now; endpoints keep what they have";
        }
        if (!failing.isEmpty()) {
            return "not Ready since they have the edit: " + shown(failing.stream())
                    + "; it goes on when they are, or take the edit back";
        }
        if (unsettled().findAny().isPresent()) {
            return batch + " at a time; waiting for " + shown(unsettled());
        }
        return next().isEmpty()
                ? "managementPolicy keeps back: " + shown(members.stream().filter(member -> member.waitsFor(target)))
                : batch + " at a time";
    }

    private static String shown(Stream<RolloutMember> members) {
        List<String> names = members.map(RolloutMember::shown).toList();
        return names.stream().limit(SHOWN).collect(Collectors.joining(", "))
                + (names.size() > SHOWN ? " and " + (names.size() - SHOWN) + " more" : "");
    }
}
