package dev.secureprediction.operator.apply;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Why a pod does not come up is said in the cluster's words, and in the same ones while nothing changes. */
final class PodTroubleTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {waiting: {reason: ErrImagePull, message: 'not found'}}        | {} | pod a cannot pull its image gateway:1
            {waiting: {reason: ImagePullBackOff, message: 'Back-off'}}     | {} | pod a cannot pull its image gateway:1
            {waiting: {reason: CreateContainerConfigError, message: 'secret "tls" not found'}} | {} | pod a cannot be started, CreateContainerConfigError: secret "tls" not found
            {waiting: {reason: CrashLoopBackOff}} | {terminated: {exitCode: 137, reason: OOMKilled}} | pod a ended with exit code 137 (OOMKilled) and is not ready since; see its log
            {running: {}}                         | {terminated: {exitCode: 137, reason: OOMKilled}} | pod a ended with exit code 137 (OOMKilled) and is not ready since; see its log
            """)
    void aContainerThatDoesNotRunIsNamed(String state, String last, String words) {
        assertThat(PodTrouble.of(pod("false", state, last))).contains(words);
        assertThat(PodTrouble.of(pod("true", state, last))).isEmpty();
    }

    @Test
    void aPodWithoutANodeSaysWhatTheSchedulerSays() {
        Pod pod = Serialization.unmarshal("""
                metadata: {name: a}
                status: {conditions: [
                  {type: PodScheduled, status: 'False', message: '0/3 nodes are available: 3 Insufficient cpu.'}]}
                """, Pod.class);

        assertThat(PodTrouble.of(pod))
                .contains("pod a cannot be placed on a node: 0/3 nodes are available: 3 Insufficient cpu.");
    }

    @Test
    void podsThatMayNotBeMadeAreExplainedByTheirDeployment() {
        Deployment deployment = Serialization.unmarshal("""
                metadata: {name: a}
                status: {conditions: [
                  {type: ReplicaFailure, status: 'True', message: 'pods "a-1" is forbidden: exceeded quota: small'}]}
                """, Deployment.class);

        assertThat(PodTrouble.of(deployment, List.of())).contains("pods \"a-1\" is forbidden: exceeded quota: small");
        assertThat(PodTrouble.of(new Deployment(), List.of())).isEqualTo(Optional.empty());
    }

    private static Pod pod(String ready, String state, String last) {
        return Serialization.unmarshal("""
                metadata: {name: a}
                status: {containerStatuses: [
                  {name: gateway, image: 'gateway:1', ready: %s, state: %s, lastState: %s}]}
                """.formatted(ready, state, last), Pod.class);
    }
}
