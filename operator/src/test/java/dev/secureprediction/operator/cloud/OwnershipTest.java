package dev.secureprediction.operator.cloud;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class OwnershipTest {

    private static final Owner OWNER = new Owner("acme", "churn-qa", "churn", "uid-1");

    @Test
    void is_read_back_from_labels_and_descriptions() {
        assertThat(Ownership.fromLabels(Ownership.labels(OWNER))).contains(Ownership.of(OWNER));
        assertThat(Ownership.fromDescription(Ownership.description(OWNER))).contains(Ownership.of(OWNER));
    }

    @Test
    void outlives_a_restore_which_changes_the_uid_alone() {
        Owner restored = new Owner("acme", "churn-qa", "churn", "uid-2");

        assertThat(Ownership.of(restored)).isEqualTo(Ownership.of(OWNER));
    }

    @Test
    void tells_installations_namespaces_and_names_apart() {
        assertThat(Ownership.of(new Owner("other", "churn-qa", "churn", "")).id())
                .isNotEqualTo(Ownership.of(OWNER).id());
        assertThat(Ownership.of(new Owner("acme", "churn", "qa-churn", "")).id())
                .isNotEqualTo(Ownership.of(OWNER).id());
    }

    @Test
    void is_not_read_out_of_what_others_write() {
        assertThat(Ownership.fromDescription("made by hand")).isEmpty();
        assertThat(Ownership.fromDescription("")).isEmpty();
        assertThat(Ownership.fromDescription("secure-prediction-owner=short")).isEmpty();
        assertThat(Ownership.fromLabels(Map.of("owner", "team"))).isEqualTo(Optional.empty());
    }

    @Test
    void fits_where_it_is_written_however_long_the_names() {
        Owner longest = new Owner("i".repeat(63), "n".repeat(63), "x.".repeat(126) + "y", "");

        assertThat(Ownership.description(longest).getBytes(StandardCharsets.UTF_8))
                .hasSizeLessThanOrEqualTo(256);
        assertThat(Ownership.labels(longest).values())
                .allSatisfy(value -> assertThat(value).matches("[a-z0-9_-]{1,63}"));
    }
}
