package dev.secureprediction.operator.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.secureprediction.operator.api.v1alpha1.status.Condition;
import dev.secureprediction.operator.api.v1alpha1.status.EndpointStatus;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Ten endpoints, a to j, and an edit of their environment that reaches two of them at a time. */
final class RolloutPlanTest {

    private static final String OLD = "sha256:old";
    private static final String NEW = "sha256:new";
    private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");
    private static final String EARLIER = "2026-11-22T11:59:30Z";
    private static final String LONG_AGO = "2026-11-22T11:00:00Z";

    @Test
    void theFirstBatchGoesFirst() {
        var plan = plan(waiting("a", "b", "c", "d", "e", "f", "g", "h", "i", "j"));

        assertThat(names(plan)).containsExactly("a", "b");
        assertThat(plan.summary(NOW))
                .isEqualTo(new RolloutPlan.Summary(NEW, 0, 10, RolloutPlan.Stand.GOING, "2 at a time"));
    }

    @Test
    void theNextBeginsWhenTheFirstStands() {
        var rest = waiting("c", "d", "e", "f", "g", "h", "i", "j");

        assertThat(names(plan(join(settled("a"), onItsWay("b"), rest)))).isEmpty();
        assertThat(names(plan(join(settled("a"), settled("b"), rest)))).containsExactly("c", "d");
        assertThat(plan(join(settled("a"), onItsWay("b"), rest)).summary(NOW)).satisfies(summary -> {
            assertThat(summary.updated()).isEqualTo(2);
            assertThat(summary.stand()).isEqualTo(RolloutPlan.Stand.GOING);
            assertThat(summary.reason()).contains("team/b");
        });
    }

    @Test
    void itPausesWhileOneThatHasTheEditIsNotReadyAndSaysWhich() {
        var rest = waiting("c", "d", "e", "f", "g", "h", "i", "j");
        var broken = moved("b", true, status(NEW, "GatewayReady", "GatewayStarting", LONG_AGO));

        var plan = plan(join(settled("a"), List.of(broken), rest));

        assertThat(plan.next()).isEmpty();
        assertThat(plan.summary(NOW).stand()).isEqualTo(RolloutPlan.Stand.PAUSED);
        assertThat(plan.summary(NOW).reason()).contains("team/b (GatewayStarting)");
        // also when it is the edit that it cannot be planned with
        var refused = moved("b", true, status(NEW, "Accepted", "LocationNotAllowed", EARLIER));
        assertThat(plan(join(settled("a"), List.of(refused), rest)).next()).isEmpty();
    }

    @Test
    void oneThatWasNotReadyBeforeSaysNothingOfTheEdit() {
        var rest = waiting("c", "d", "e", "f", "g", "h", "i", "j");
        var broken = moved("b", false, status(NEW, "IdentityReady", "QuotaExceeded", LONG_AGO));

        assertThat(names(plan(join(settled("a"), List.of(broken), rest)))).containsExactly("c", "d");
    }

    @Test
    void whatOneEditBrokeIsNotForgottenWithTheNext() {
        var broken = new EditionInUse(OLD, true, 1);

        assertThat(broken.then(NEW, false, 1)).isEqualTo(new EditionInUse(NEW, true, 1));
        assertThat(broken.then(NEW, false, 2)).isEqualTo(new EditionInUse(NEW, false, 2));
        assertThat(EditionInUse.first(OLD).then(NEW, true, 1)).isEqualTo(new EditionInUse(NEW, true, 1));
    }

    @Test
    void oneThatItsOwnTeamEditedSinceSaysNothingOfTheEdit() {
        var rest = waiting("c", "d", "e", "f", "g", "h", "i", "j");
        var broken = new RolloutMember(
                key("b"),
                Optional.of(new EditionInUse(NEW, true, 1)),
                true,
                status(NEW, "Accepted", "InvalidSchema", EARLIER),
                2);

        assertThat(names(plan(join(settled("a"), List.of(broken), rest)))).containsExactly("c", "d");
    }

    @Test
    void oneThatWaitsAtTheGateOrLostItsGrantStands() {
        var rest = waiting("c", "d", "e", "f", "g", "h", "i", "j");
        var held = moved("a", true, status(NEW, "Ready", "AwaitingPromotion", LONG_AGO));
        var ungranted = moved("b", true, status(NEW, "Accepted", "NotAllowedByEnvironment", LONG_AGO));

        assertThat(names(plan(join(List.of(held, ungranted), rest)))).containsExactly("c", "d");
    }

    @Test
    void thoseThatStandGoBeforeThoseThatDoNot() {
        var broken = waiting("a", status(OLD, "IdentityReady", "PermissionDenied", LONG_AGO));

        assertThat(names(plan(join(List.of(broken), waiting("b", "c", "d", "e", "f", "g", "h", "i", "j")))))
                .containsExactly("b", "c");
        assertThat(names(plan(List.of(broken)))).containsExactly("a");
    }

    @Test
    void whatAnEarlierEditBrokeGetsTheNextOneFirst() {
        var broken = new RolloutMember(
                key("j"),
                Optional.of(new EditionInUse("sha256:between", true, 1)),
                true,
                status("sha256:between", "GatewayReady", "GatewayStarting", LONG_AGO),
                1);
        var rest = waiting("a", "b", "c", "d", "e", "f", "g", "h", "i");

        assertThat(names(new RolloutPlan(NEW, true, 1, join(rest, List.of(broken)))))
                .containsExactly("j");
        assertThat(names(plan(join(rest, List.of(broken)))))
                .as("in batches, too")
                .containsExactly("j");
    }

    @Test
    void nobodyGetsItBesideOneThatItDoesNotMend() {
        var rest = waiting("a", "b", "c", "d", "e", "f", "g", "h", "i");
        var stillBroken = moved("j", true, status(NEW, "GatewayReady", "GatewayStarting", LONG_AGO));

        assertThat(names(plan(join(rest, List.of(stillBroken))))).isEmpty();
        assertThat(names(plan(join(rest, settled("j"))))).as("once it does").containsExactly("a", "b");
    }

    @Test
    void oneBrokenInTheFirstBatchIsTriedWithThatBatchAtMost() {
        var rest = waiting("c", "d", "e", "f", "g", "h", "i", "j");
        var stillBroken = moved("a", true, status(NEW, "GatewayReady", "GatewayStarting", LONG_AGO));

        assertThat(names(plan(join(List.of(stillBroken), waiting("b"), rest)))).containsExactly("b");
        assertThat(names(plan(join(List.of(stillBroken), settled("b"), rest)))).isEmpty();
    }

    @Test
    void whereNothingAnswersThereIsNothingToLose() {
        var down = waiting("j", status(OLD, "Available", "NotServing", LONG_AGO));
        var failing = moved("a", true, status(NEW, "GatewayReady", "GatewayStarting", LONG_AGO));

        assertThat(names(plan(join(List.of(failing), waiting("b", "c", "d", "e", "f", "g", "h", "i"), List.of(down)))))
                .as("and the failing one's neighbour in its batch")
                .containsExactly("j", "b");
    }

    @Test
    void whatIsPausedIsPassedOverAndTold() {
        var paused = new RolloutMember(key("a"), inUse(OLD), false, status(OLD), 1);

        assertThat(names(plan(join(List.of(paused), waiting("b", "c", "d", "e", "f", "g", "h", "i", "j")))))
                .containsExactly("b", "c");
        assertThat(plan(List.of(paused)).summary(NOW).reason()).contains("managementPolicy", "team/a");
    }

    @Test
    void anEnvironmentThatIsNotAcceptedMovesNobody() {
        var plan = new RolloutPlan(NEW, false, 2, waiting("a", "b"));

        assertThat(plan.next()).isEmpty();
        assertThat(plan.summary(NOW).stand()).isEqualTo(RolloutPlan.Stand.PAUSED);
    }

    @Test
    void whenAllStandItIsDoneAndNewEndpointsAreNoPartOfIt() {
        var created = new RolloutMember(key("k"), Optional.of(EditionInUse.first(NEW)), true, EndpointStatus.EMPTY, 1);
        var refused = new RolloutMember(key("l"), Optional.empty(), true, EndpointStatus.EMPTY, 1);

        var plan = plan(join(settled("a"), List.of(created, refused)));

        assertThat(plan.summary(NOW)).isEqualTo(new RolloutPlan.Summary(NEW, 3, 0, RolloutPlan.Stand.DONE, ""));
    }

    private static RolloutPlan plan(List<RolloutMember> members) {
        return new RolloutPlan(NEW, true, 2, members);
    }

    private static List<String> names(RolloutPlan plan) {
        return plan.next().stream().map(EndpointKey::name).toList();
    }

    private static List<RolloutMember> join(List<RolloutMember> some, List<RolloutMember> others) {
        return Stream.concat(some.stream(), others.stream()).toList();
    }

    private static List<RolloutMember> join(
            List<RolloutMember> some, List<RolloutMember> others, List<RolloutMember> rest) {
        return join(join(some, others), rest);
    }

    private static List<RolloutMember> waiting(String... names) {
        return Stream.of(names).map(name -> waiting(name, status(OLD))).toList();
    }

    private static RolloutMember waiting(String name, EndpointStatus status) {
        return new RolloutMember(key(name), inUse(OLD), true, status, 1);
    }

    private static List<RolloutMember> settled(String name) {
        return List.of(moved(name, true, status(NEW)));
    }

    private static List<RolloutMember> onItsWay(String name) {
        return List.of(moved(name, true, status(NEW, "PolicyEnforced", "PolicyLoading", EARLIER)));
    }

    private static RolloutMember moved(String name, boolean wasReady, EndpointStatus status) {
        return new RolloutMember(key(name), Optional.of(new EditionInUse(NEW, wasReady, 1)), true, status, 1);
    }

    private static Optional<EditionInUse> inUse(String revision) {
        return Optional.of(EditionInUse.first(revision));
    }

    private static EndpointKey key(String name) {
        return new EndpointKey("team", name);
    }

    private static EndpointStatus status(String revision) {
        return status(revision, "", "", LONG_AGO);
    }

    /** All holds but one condition. */
    private static EndpointStatus status(String revision, String failing, String reason, String since) {
        var conditions = new ArrayList<Condition>();
        for (String type : List.of(
                "Ready", "Accepted", "EndpointReady", "IdentityReady", "GatewayReady", "PolicyEnforced", "Available")) {
            boolean fails = type.equals(failing);
            conditions.add(new Condition(type, fails ? "False" : "True", 1L, since, fails ? reason : "Fine", ""));
        }
        return new EndpointStatus(
                1L,
                conditions,
                null,
                null,
                null,
                null,
                null,
                revision,
                null,
                null,
                null,
                List.of(),
                null,
                null,
                null,
                null,
                List.of());
    }
}
