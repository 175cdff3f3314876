package dev.secureprediction.operator.status;

import dev.secureprediction.operator.apply.CloudResult;
import dev.secureprediction.operator.cloud.Change;
import dev.secureprediction.operator.cloud.Difference;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What would be changed, and is held back.
 *
 * @param hash what an approval names
 * @param changes in words, those to access first, destructive ones marked
 */
public record HeldPlan(String hash, List<String> changes) {

    private static final int LONGEST = 1024;

    public HeldPlan {
        changes = List.copyOf(changes);
    }

    /**
     * What a round held back, and what differs in the cluster where nothing may be written there.
     *
     * @param left rounds about places that were left; told one after the other, as each has a hash of its own
     */
    public static Optional<HeldPlan> of(CloudResult round, List<CloudResult> left, List<Difference> cluster) {
        var result = round.held().isEmpty() && !left.isEmpty() ? left.getFirst() : round;
        if (result.held().isEmpty() && cluster.isEmpty()) {
            return Optional.empty();
        }
        List<String> changes = Stream.concat(
                        Stream.concat(
                                        result.held().stream().filter(HeldPlan::isAccess),
                                        result.held().stream().filter(change -> !isAccess(change)))
                                .map(HeldPlan::text),
                        cluster.stream().map(HeldPlan::text))
                .map(text -> text.length() <= LONGEST ? text : text.substring(0, LONGEST - 1) + "…")
                .toList();
        return Optional.of(new HeldPlan(result.planHash().isEmpty() ? "none" : result.planHash(), changes));
    }

    private static boolean isAccess(Change change) {
        return change instanceof Change.Grant || change instanceof Change.Revoke || change instanceof Change.Delete.Key;
    }

    private static String text(Change change) {
        return (change.destructive() ? "destructive: " : "") + text(change.difference());
    }

    private static String text(Difference difference) {
        return difference.resource() + (difference.field().isEmpty() ? "" : " " + difference.field()) + ": "
                + difference.observed() + " -> " + difference.desired();
    }
}
