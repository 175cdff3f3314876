package dev.secureprediction.operator.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.rpc.Code;
import dev.secureprediction.operator.api.v1alpha1.status.EndpointStatus;
import dev.secureprediction.sandbox.Sandbox;
import dev.secureprediction.sandbox.cloud.GoogleCloud;
import dev.secureprediction.sandbox.cloud.observe.Call;
import dev.secureprediction.sandbox.junit.SandboxTest;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.parallel.Isolated;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The leader of two replicas is killed with SIGKILL while Google answers it, at steps of a create, an update and a delete: after the
 * step was done and before the operator knew; the other one goes on. Which step, a seed says; {@code -Dkill.steps=all} takes every
 * one. After the first kill of a test the lease runs out by itself, after the others the test takes it away.
 */
@SandboxTest
@Isolated
final class KilledAtStepsIT {

    private static final Logger LOG = LoggerFactory.getLogger(KilledAtStepsIT.class);

    /** What is changed on the way, about: account, its policy, endpoint, model, policy; model, split, undeploy; and back. */
    private static final int STEPS_OF_A_DEPLOYED_MODEL = 13;

    /** Account, its policy, the project's; and back. */
    private static final int STEPS_OF_A_PUBLISHERS_MODEL = 6;

    private final Stage stage;
    private final GoogleCloud cloud;
    private final List<Call> done = new ArrayList<>();
    private final Set<String> killed = new HashSet<>();

    KilledAtStepsIT(Sandbox sandbox) {
        stage = Stage.set(sandbox, "killed");
        cloud = sandbox.cloud();
    }

    @BeforeEach
    void twoReplicas() {
        stage.platform().scaleOperator(2);
    }

    @AfterEach
    void nobodyListens() {
        cloud.calls().told(call -> {});
        stage.platform().scaleOperator(1);
    }

    @Test
    void aDeployedModelComesChangesAndGoesAndNothingIsLostOrDoneTwice() {
        killAt(STEPS_OF_A_DEPLOYED_MODEL);
        // create
        stage.applyChurn("churn", "17", "9f2c41d07be85a63");
        stage.awaitReady("churn");
        // update
        stage.applyChurn("churn", "18", "c07d1e9a5b2f4836");
        await().atMost(Platform.LONG).until(() -> "18".equals(servingVersion(stage.status("churn"))));
        stage.awaitReady("churn");
        // delete
        goes("churn");

        // then each step was made once, and nothing is left
        assertThat(succeeded("CreateEndpoint")).isEqualTo(1);
        assertThat(succeeded("DeployModel")).isEqualTo(2);
        assertThat(succeeded("UndeployModel")).isEqualTo(2);
        assertThat(succeeded("DeleteEndpoint")).isEqualTo(1);
        assertThat(cloud.state().endpoints().list("projects/" + Stage.PROJECT + "/locations/" + Stage.LOCATION, ""))
                .noneMatch(endpoint -> endpoint.toString().contains("killed-team"));
        assertThat(done).as("steps at all").hasSizeGreaterThanOrEqualTo(STEPS_OF_A_DEPLOYED_MODEL);
    }

    @Test
    @EnabledIfSystemProperty(named = "kill.steps", matches = "all")
    void accessToAPublishersModelComesAndGoesAndNothingIsLostOrDoneTwice() {
        killAt(STEPS_OF_A_PUBLISHERS_MODEL);
        // create
        stage.applyChat("chat", "ml-analysts-qa");
        stage.awaitReady("chat");
        assertThat(stage.caller("chat").chat(Optional.of(stage.token("analyst@example.com"))))
                .isEqualTo(200);
        // delete
        goes("chat");

        assertThat(done).as("steps at all").hasSizeGreaterThanOrEqualTo(STEPS_OF_A_PUBLISHERS_MODEL);
    }

    private void goes(String endpoint) {
        String account = String.valueOf(
                Objects.requireNonNull(stage.status(endpoint).identity()).serviceAccount());
        stage.delete(endpoint);
        stage.awaitGone(endpoint);
        assertThat(succeeded("CreateServiceAccount")).isEqualTo(1);
        assertThat(succeeded("DeleteServiceAccount")).isEqualTo(1);
        assertThat(cloud.state().accounts().find("projects/" + Stage.PROJECT + "/serviceAccounts/" + account))
                .isEmpty();
        assertThat(cloud.state().policies().current("projects/" + Stage.PROJECT).toString())
                .doesNotContain(account);
        await().atMost(Platform.LONG).until(() -> stage.gatewayPods().isEmpty());
        assertThat(killed).as("leaders").isNotEmpty();
    }

    private void killAt(int all) {
        long seed = Long.getLong("kill.seed", System.nanoTime());
        Set<Integer> deadly = steps(new Random(seed), all);
        LOG.info("kill.seed={}: steps {}", seed, deadly);
        cloud.calls().told(call -> step(call, deadly));
    }

    private static Set<Integer> steps(Random random, int all) {
        return System.getProperty("kill.steps", "").equals("all")
                ? IntStream.range(0, all).boxed().collect(Collectors.toSet())
                : Set.of(random.nextInt(all));
    }

    /** Google has done it, and its answer is still on the way. */
    private synchronized void step(Call call, Set<Integer> deadly) {
        if (!call.mutating() || call.code() != Code.OK || !call.principal().contains("spe-operator@" + Stage.PROJECT)) {
            return;
        }
        if (deadly.contains(done.size())) {
            var leader = stage.platform().killLeader(!killed.isEmpty());
            LOG.info("killed {} at step {}, {}", leader, done.size(), call.simpleMethod());
            killed.add(leader);
        }
        done.add(call);
    }

    private synchronized long succeeded(String method) {
        return done.stream().filter(call -> call.simpleMethod().equals(method)).count();
    }

    private static String servingVersion(EndpointStatus status) {
        var endpoint = status.endpoint();
        return endpoint == null ? "" : String.valueOf(endpoint.modelVersion());
    }
}
