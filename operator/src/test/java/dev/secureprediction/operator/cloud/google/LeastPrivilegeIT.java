package dev.secureprediction.operator.cloud.google;

import static dev.secureprediction.operator.cloud.google.GoogleSandbox.PROJECT;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.iam.admin.v1.Role;
import com.google.protobuf.FieldMask;
import dev.secureprediction.operator.api.Yaml;
import dev.secureprediction.operator.apply.CloudResult;
import dev.secureprediction.operator.cloud.CloudException;
import dev.secureprediction.operator.cloud.DesiredCloud;
import dev.secureprediction.operator.cloud.Preflight;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiFunction;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The role that the install page prints is enough, and nothing in it is too much. */
final class LeastPrivilegeIT {

    private static final int MOST_ROUNDS = 20;

    private final Set<String> unread = new TreeSet<>();
    private GoogleSandbox google;

    @BeforeEach
    void start() {
        google = new GoogleSandbox();
    }

    @AfterEach
    void stop() {
        google.close();
    }

    static List<String> permissions() {
        List<String> permissions = new ArrayList<>();
        Yaml.documents(Yaml.ROOT.resolve("operator/src/main/google-cloud/operator-role.yaml"))
                .getFirst()
                .path("includedPermissions")
                .forEach(permission -> permissions.add(permission.asText()));
        return permissions;
    }

    @Test
    void the_role_is_enough() {
        give(permissions());

        assertThat(lives()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("permissions")
    void each_permission_is_needed_and_named_when_it_is_missing(String permission) {
        List<String> rest = new ArrayList<>(permissions());
        rest.remove(permission);
        give(rest);

        Optional<CloudException> failure = lives();

        // what is only looked for with it is said not to be seen; all else fails
        assertThat(failure.map(e -> ((CloudException.Denied) e).permission())
                        .or(() -> unread.stream().findFirst()))
                .hasValueSatisfying(named -> assertThat(named).contains(permission));
    }

    private void give(List<String> permissions) {
        google.cloud()
                .state()
                .roles()
                .update(
                        "projects/" + PROJECT + "/roles/securePredictionOperator",
                        Role.newBuilder().addAllIncludedPermissions(permissions).build(),
                        FieldMask.newBuilder().addPaths("included_permissions").build());
    }

    /** A publisher model comes and goes; a deployed one comes, is renamed by somebody, changes its version and goes. */
    private Optional<CloudException> lives() {
        DesiredCloud publisher = google.publisher("gemini");
        DesiredCloud deployed = google.deployed("churn");
        DesiredCloud next = google.deployed("churn", GoogleSandbox.version18());
        if (google.resources().preflight(google.scope(), GoogleSandbox.ROLE, Map.of()) instanceof Preflight.Ready ready
                && ready.room().accounts().isEmpty()) {
            unread.add("iam.serviceAccounts.list");
        }
        return failure(publisher, google.applier()::converge)
                .or(() -> keyed(publisher))
                .or(() -> failure(publisher, google.applier()::remove))
                .or(() -> failure(deployed, google.applier()::converge))
                .or(() -> failure(next, google.applier()::converge))
                .or(() -> failure(next, google.applier()::remove));
    }

    /** Somebody makes a key, which is found and deleted. */
    private Optional<CloudException> keyed(DesiredCloud desired) {
        google.cloud()
                .state()
                .keys()
                .create(google.cloud()
                        .state()
                        .accounts()
                        .get("projects/" + PROJECT + "/serviceAccounts/"
                                + desired.serviceAccount().email()));
        return failure(desired, google.applier()::converge);
    }

    private Optional<CloudException> failure(
            DesiredCloud desired, BiFunction<DesiredCloud, Optional<String>, CloudResult> round) {
        CloudResult result = round.apply(desired, Optional.empty());
        for (int i = 0; i < MOST_ROUNDS && !result.settled() && result.failure().isEmpty(); i++) {
            google.operationsEnd();
            result = round.apply(desired, result.pendingOperation());
        }
        result.observed().ifPresent(seen -> unread.addAll(seen.access().unread()));
        assertThat(result.settled() || result.failure().isPresent()).isTrue();
        return result.failure();
    }
}
