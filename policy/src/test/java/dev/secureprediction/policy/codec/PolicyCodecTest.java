package dev.secureprediction.policy.codec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.secureprediction.policy.Bundles;
import dev.secureprediction.policy.model.PolicyBundle;
import org.junit.jupiter.api.Test;

final class PolicyCodecTest {

    @Test
    void reads_what_it_writes() {
        PolicyBundle bundle = Bundles.usual();

        assertThat(PolicyCodec.read(PolicyCodec.write(bundle))).isEqualTo(bundle);
    }
}
