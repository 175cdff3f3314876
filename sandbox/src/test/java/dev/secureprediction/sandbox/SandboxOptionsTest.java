package dev.secureprediction.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.secureprediction.sandbox.node.NodeOptions;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class SandboxOptionsTest {

    @Test
    void shortLivedPodsCompileQuicklyUnlessTheNodeSaysOtherwise() {
        var own = NodeOptions.defaults()
                .withEnvironment(Map.of(NodeOptions.JAVA_OPTIONS, "-XX:TieredStopAtLevel=4", "TZ", "UTC"));

        var options = SandboxOptions.withImages().withNode(own).withShortLivedPods();

        // the last of two counts
        assertThat(options.node().environment())
                .containsEntry(NodeOptions.JAVA_OPTIONS, "-XX:TieredStopAtLevel=1 -XX:TieredStopAtLevel=4")
                .containsEntry("TZ", "UTC");
        assertThat(SandboxOptions.withImages().node().environment()).isEmpty();
    }
}
