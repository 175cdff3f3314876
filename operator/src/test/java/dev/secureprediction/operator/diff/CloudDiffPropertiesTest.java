package dev.secureprediction.operator.diff;

import static org.assertj.core.api.Assertions.assertThat;

import dev.secureprediction.operator.cloud.Binding;
import dev.secureprediction.operator.cloud.Change;
import dev.secureprediction.operator.cloud.CloudSamples;
import dev.secureprediction.operator.cloud.CloudStates;
import dev.secureprediction.operator.cloud.DeletionPolicy;
import dev.secureprediction.operator.cloud.DesiredCloud;
import dev.secureprediction.operator.cloud.DesiredDeployment;
import dev.secureprediction.operator.cloud.InvokerGrant;
import dev.secureprediction.operator.cloud.ModelCloud;
import dev.secureprediction.operator.cloud.ObservedCloud;
import dev.secureprediction.operator.cloud.ObservedEndpoint;
import dev.secureprediction.operator.cloud.ObservedPolicy;
import dev.secureprediction.operator.cloud.ObservedServiceAccount;
import dev.secureprediction.operator.cloud.Ownership;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** From any state that somebody with gcloud may have left behind. */
final class CloudDiffPropertiesTest {

    @Property(tries = 2000)
    void the_way_up_ends_and_then_is_quiet(@ForAll("desired") DesiredCloud desired, @ForAll("observed") Start start) {
        ModelCloud cloud = new ModelCloud(start.of(desired));

        CloudPlan last = Rounds.until(cloud, desired, CloudDiff::plan);

        // nothing is left to do, and one more look finds nothing either
        assertThat(CloudDiff.plan(desired, cloud.state())).isEqualTo(last);
        assertThat(last.changes()).isEmpty();
        if (last.obstacles().isEmpty()) {
            assertThat(cloud.state().grantPolicy().bindings()).contains(desired.invokerBinding());
            assertThat(cloud.state().accountPolicy().bindings()).contains(desired.workloadIdentityBinding());
        }
    }

    @Property(tries = 2000)
    void others_bindings_outlive_both_ways(@ForAll("desired") DesiredCloud desired, @ForAll("observed") Start start) {
        ObservedCloud before = start.of(desired);
        ModelCloud cloud = new ModelCloud(before);

        Rounds.until(cloud, desired, CloudDiff::plan);
        Rounds.until(cloud, desired, CloudDiff::removal);

        boolean endpointGone = before.grantPolicy().resourceExists()
                && !cloud.state().grantPolicy().resourceExists();
        if (!endpointGone) {
            assertThat(foreign(desired, cloud.state())).isEqualTo(foreign(desired, before));
        }
        assertThat(endpointGone)
                .isEqualTo(desired.endpoint().equals(CloudSamples.deployed().endpoint())
                        && desired.deletionPolicy() == DeletionPolicy.Delete
                        && isOurs(desired, before)
                        && before.endpoint() instanceof ObservedEndpoint.Present);
    }

    @Property(tries = 2000)
    void the_way_down_takes_access_first_and_leaves_what_the_policy_says(
            @ForAll("desired") DesiredCloud desired, @ForAll("observed") Start start) {
        ModelCloud cloud = new ModelCloud(start.of(desired));
        ObservedCloud before = cloud.state();

        Rounds.until(cloud, desired, CloudDiff::removal);

        List<Change> log = cloud.log();
        int lastRevoke = -1;
        int firstDelete = log.size();
        for (int i = 0; i < log.size(); i++) {
            if (log.get(i) instanceof Change.Revoke revoke
                    && revoke.binding().role().equals(desired.invokerRole())) {
                lastRevoke = i;
            } else if (log.get(i) instanceof Change.Delete) {
                firstDelete = Math.min(firstDelete, i);
            }
        }
        assertThat(lastRevoke).isLessThan(firstDelete);
        boolean accountIsForeign = before.account() instanceof ObservedServiceAccount.Present present
                && present.ownership().isEmpty();
        if (accountIsForeign) {
            assertThat(cloud.state().account()).isEqualTo(before.account());
            assertThat(cloud.state().accountPolicy()).isEqualTo(before.accountPolicy());
        } else {
            assertThat(cloud.state().grantPolicy().bindings()).doesNotContain(desired.invokerBinding());
            assertThat(cloud.state().accountPolicy().bindings()).doesNotContain(desired.workloadIdentityBinding());
        }
        if (desired.deletionPolicy() == DeletionPolicy.Retain) {
            assertThat(log).noneMatch(Change.Delete.class::isInstance);
        }
    }

    @Property(tries = 500)
    void a_new_version_never_leaves_callers_without_a_model(@ForAll("observed") Start start) {
        DesiredCloud desired = CloudSamples.deployed();
        ModelCloud cloud = new ModelCloud(start.of(desired));
        boolean served = cloud.state().endpoint() instanceof ObservedEndpoint.Present p
                && !p.trafficSplit().isEmpty();

        Rounds.until(cloud, desired, (d, o) -> {
            if (served) {
                assertThat(((ObservedEndpoint.Present) o.endpoint()).trafficSplit())
                        .isNotEmpty();
            }
            return CloudDiff.plan(d, o);
        });
    }

    private static boolean isOurs(DesiredCloud desired, ObservedCloud observed) {
        return observed.endpoint() instanceof ObservedEndpoint.Present endpoint
                && endpoint.ownership().equals(Optional.of(Ownership.of(desired.owner())));
    }

    /** What is none of our business: all but our role on our endpoint, our own member and what it left. */
    private static Set<Binding> foreign(DesiredCloud desired, ObservedCloud observed) {
        boolean authoritative = desired.grant() instanceof InvokerGrant.OnEndpoint grant
                && grant.authoritative()
                && isOurs(desired, observed);
        return observed.grantPolicy().bindings().stream()
                .filter(b -> !b.role().equals(desired.invokerRole())
                        || (!authoritative && !b.member().contains(desired.accountMember())))
                .collect(Collectors.toSet());
    }

    /** What is there before, for any desired state. */
    record Start(
            Optional<Boolean> accountMarked,
            Optional<Boolean> endpointMarked,
            Set<Binding> accountBindings,
            Set<Binding> grantBindings,
            List<DesiredDeployment> deployments,
            int serving) {

        ObservedCloud of(DesiredCloud desired) {
            Optional<Ownership> ours = Optional.of(Ownership.of(desired.owner()));
            ObservedCloud state = CloudStates.empty();
            if (accountMarked.isPresent()) {
                state = CloudStates.withAccount(
                        state,
                        new ObservedServiceAccount.Present(
                                CloudSamples.ACCOUNT.email(),
                                "1",
                                false,
                                "",
                                accountMarked.get() ? ours : Optional.empty()));
                state = CloudStates.withAccountPolicy(state, ObservedPolicy.of(accountBindings));
            }
            boolean onEndpoint = desired.grant() instanceof InvokerGrant.OnEndpoint;
            boolean endpointThere = onEndpoint && endpointMarked.isPresent();
            state = CloudStates.withGrantPolicy(
                    state, onEndpoint && !endpointThere ? ObservedPolicy.absent() : ObservedPolicy.of(grantBindings));
            return endpointThere ? CloudStates.withEndpoint(state, endpoint(endpointMarked.orElseThrow())) : state;
        }

        private ObservedEndpoint endpoint(boolean marked) {
            ObservedEndpoint.Present fresh = CloudStates.freshEndpoint(CloudSamples.deployed());
            Map<String, Integer> split = new HashMap<>();
            List<ObservedEndpoint.DeployedModel> models = new java.util.ArrayList<>();
            for (DesiredDeployment d : deployments) {
                String id = Integer.toString(models.size() + 1);
                models.add(new ObservedEndpoint.DeployedModel(
                        id, d.modelId(), d.modelVersion(), d.machineType(), d.minReplicas(), d.maxReplicas()));
                split.put(id, 0);
            }
            if (models.isEmpty()) {
                split.clear();
            } else if (models.size() == 1 || serving < 100) {
                split.put("1", 100);
            } else {
                split.put("1", serving - 100);
                split.put("2", 200 - serving);
            }
            split.values().removeIf(percent -> percent == 0);
            return CloudStates.serving(
                    marked ? fresh : CloudStates.relabelled(fresh, "somebody's", Map.of()), models, split);
        }
    }

    @Provide
    Arbitrary<DesiredCloud> desired() {
        return Combinators.combine(
                        Arbitraries.of(CloudSamples.publisher(), CloudSamples.existing(), CloudSamples.deployed()),
                        Arbitraries.of(DeletionPolicy.class))
                .as(DesiredCloud::withDeletionPolicy);
    }

    @Provide
    Arbitrary<Start> observed() {
        DesiredCloud any = CloudSamples.publisher();
        Arbitrary<Binding> grants = Combinators.combine(
                        Arbitraries.of(CloudSamples.ROLE, "roles/aiplatform.user", "roles/viewer"),
                        Arbitraries.of(
                                any.accountMember(),
                                "deleted:" + any.accountMember() + "?uid=5",
                                "user:mallory@example.com",
                                "group:analysts@example.com",
                                "deleted:serviceAccount:other@x.iam.gserviceaccount.com?uid=6"),
                        Arbitraries.of(
                                Optional.<Binding.Condition>empty(),
                                Optional.of(new Binding.Condition("soon", "request.time < timestamp('2030-01-01')"))))
                .as(Binding::new);
        Arbitrary<Binding> impersonators = Combinators.combine(
                        Arbitraries.of(DesiredCloud.WORKLOAD_IDENTITY_ROLE, "roles/iam.serviceAccountTokenCreator"),
                        Arbitraries.of(CloudSamples.GATEWAY, "user:mallory@example.com"))
                .as(Binding::always);
        Arbitrary<DesiredDeployment> deployments = Combinators.combine(
                        Arbitraries.of("1234567890", "99"),
                        Arbitraries.of("16", "17"),
                        Arbitraries.of("n1-standard-4", "n1-standard-8"),
                        Arbitraries.integers().between(1, 2))
                .as((model, version, machine, min) -> new DesiredDeployment(model, version, "", machine, min, 3));
        return Combinators.combine(
                        Arbitraries.of(true, false).optional(),
                        Arbitraries.of(true, false).optional(),
                        impersonators.set().ofMaxSize(3),
                        grants.set().ofMaxSize(6),
                        deployments.list().ofMaxSize(3),
                        Arbitraries.integers().between(0, 199))
                .as((account, endpoint, accountBindings, grantBindings, deployed, serving) -> new Start(
                        account,
                        endpoint,
                        new HashSet<>(accountBindings),
                        new HashSet<>(grantBindings),
                        deployed,
                        serving));
    }
}
