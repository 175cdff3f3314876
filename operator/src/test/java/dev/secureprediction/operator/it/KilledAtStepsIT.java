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
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The operator is killed with SIGKILL while Google answers it, at steps of a create, an update and a delete: after the step was
 * done and before the operator knew. Which steps, a seed says; {@code -Dkill.steps=all} takes every one.
 */
@SandboxTest
@Isolated
final class KilledAtStepsIT {

    private static final Logger LOG = LoggerFactory.getLogger(KilledAtStepsIT.class);

    /** What is changed on the way, about: account, its policy, endpoint, model, policy; model, split, undeploy; and back. */
    private static final int STEPS = 13;

    private static final int KILLS = 2;
    private static final List<String> ONCE =
            List.of("CreateServiceAccount", "CreateEndpoint", "DeleteEndpoint", "DeleteServiceAccount");

    private final Stage stage;
    private final GoogleCloud cloud;
    private final List<Call> done = new ArrayList<>();

    KilledAtStepsIT(Sandbox sandbox) {
        stage = Stage.set(sandbox, "killed");
        cloud = sandbox.cloud();
    }

    @AfterEach
    void nobodyListens() {
        cloud.calls().told(call -> {});
    }

    @Test
    void nothingIsLostAndNothingIsDoneTwice() {
        long seed = Long.getLong("kill.seed", System.nanoTime());
        Set<Integer> deadly = steps(new Random(seed));
        LOG.info("kill.seed={}: steps {}", seed, deadly);
        cloud.calls().told(call -> step(call, deadly));

        // create
        apply("17", "9f2c41d07be85a63");
        stage.awaitReady("churn");
        String account = String.valueOf(
                Objects.requireNonNull(stage.status("churn").identity()).serviceAccount());
        // update
        apply("18", "c07d1e9a5b2f4836");
        await().atMost(Platform.LONG).until(() -> "18".equals(servingVersion(stage.status("churn"))));
        stage.awaitReady("churn");
        // delete
        stage.delete("churn");
        stage.awaitGone("churn");

        // then each step was made once
        for (String method : ONCE) {
            assertThat(succeeded(method)).as(method).isEqualTo(1);
        }
        assertThat(succeeded("DeployModel")).isEqualTo(2);
        assertThat(succeeded("UndeployModel")).isEqualTo(2);
        // and nothing is left
        var state = cloud.state();
        assertThat(state.accounts().find("projects/" + Stage.PROJECT + "/serviceAccounts/" + account))
                .isEmpty();
        assertThat(state.endpoints().list("projects/" + Stage.PROJECT + "/locations/" + Stage.LOCATION, ""))
                .noneMatch(endpoint -> endpoint.toString().contains("killed-team"));
        assertThat(state.policies().current("projects/" + Stage.PROJECT).toString())
                .doesNotContain(account);
        await().atMost(Platform.LONG).until(() -> stage.gatewayPods().isEmpty());
        assertThat(done).as("steps at all").hasSizeGreaterThanOrEqualTo(STEPS);
    }

    private static Set<Integer> steps(Random random) {
        Set<Integer> steps = new HashSet<>();
        int wanted = System.getProperty("kill.steps", "").equals("all") ? STEPS : KILLS;
        while (steps.size() < wanted) {
            steps.add(wanted == STEPS ? steps.size() : random.nextInt(STEPS));
        }
        return steps;
    }

    /** Google has done it, and its answer is still on the way. */
    private synchronized void step(Call call, Set<Integer> deadly) {
        if (!call.mutating() || call.code() != Code.OK || !call.principal().contains("spe-operator@" + Stage.PROJECT)) {
            return;
        }
        if (deadly.contains(done.size())) {
            LOG.info("killed at step {}, {}", done.size(), call.simpleMethod());
            stage.platform().killOperator();
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

    private void apply(String version, String fingerprint) {
        stage.applyChurn("churn", version, fingerprint);
    }
}
