package dev.secureprediction.operator.status;

import dev.secureprediction.operator.apply.CloudResult;
import dev.secureprediction.operator.cloud.Change;
import dev.secureprediction.operator.cloud.Difference;
import dev.secureprediction.operator.diff.Obstacle;
import java.util.ArrayList;
import java.util.List;

/**
 * What an endpoint would come to if it were applied.
 *
 * @param problems why it would not be accepted
 * @param notes what else is worth knowing: it would be held, wait for an approval, or find something in its way
 * @param hash what an approval of the changes in Google Cloud names; empty when there are none
 * @param changes in the cluster and in Google Cloud, as far as can be told before the first of them is made
 * @param complete whether all was looked at and would be taken
 */
public record Preview(List<String> problems, List<String> notes, String hash, List<Step> changes, boolean complete) {

    public Preview {
        problems = List.copyOf(problems);
        notes = List.copyOf(notes);
        changes = List.copyOf(changes);
    }

    /**
     * One change.
     *
     * @param where `Cluster` or `Google`
     * @param resource which
     * @param field which of it; empty for all of it
     * @param observed what is there
     * @param desired what would be
     * @param destructive whether it cannot be brought back as it was
     */
    public record Step(
            String where, String resource, String field, String observed, String desired, boolean destructive) {

        /** In the cluster. */
        public static Step cluster(Difference difference) {
            return of("Cluster", difference, false);
        }

        static Step google(Change change) {
            return of("Google", change.difference(), change.destructive());
        }

        private static Step of(String where, Difference difference, boolean destructive) {
            return new Step(
                    where,
                    difference.resource(),
                    difference.field(),
                    difference.observed(),
                    difference.desired(),
                    destructive);
        }
    }

    /** Nothing of it would be accepted. */
    public static Preview refused(List<String> problems) {
        return new Preview(problems, List.of(), "", List.of(), true);
    }

    /** Nothing is in force, and nothing would be. */
    public static Preview nothing(List<String> notes) {
        return new Preview(List.of(), notes, "", List.of(), true);
    }

    /**
     * From what was looked at.
     *
     * @param rounds for the state itself, then for places that would be left
     * @param taken whether the API server would take what is for the cluster
     */
    public static Preview of(List<Step> cluster, List<CloudResult> rounds, List<String> notes, boolean taken) {
        List<Step> changes = new ArrayList<>(cluster);
        List<String> all = new ArrayList<>(notes);
        for (CloudResult round : rounds) {
            round.held().forEach(change -> changes.add(Step.google(change)));
            round.plan().obstacles().stream().map(Obstacle::message).forEach(all::add);
            round.failure().ifPresent(failure -> all.add("Google Cloud was not read: " + failure.getMessage()));
        }
        String hash = rounds.stream()
                .filter(round -> !round.held().isEmpty())
                .map(CloudResult::planHash)
                .findFirst()
                .orElse("");
        boolean read = rounds.stream().allMatch(round -> round.failure().isEmpty());
        return new Preview(List.of(), all, hash, changes, taken && read);
    }
}
