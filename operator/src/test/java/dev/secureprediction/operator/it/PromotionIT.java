package dev.secureprediction.operator.it;

import static dev.secureprediction.operator.it.Chain.ALL;
import static dev.secureprediction.operator.it.Chain.PRODUCTION;
import static dev.secureprediction.operator.it.Chain.QA;
import static dev.secureprediction.operator.it.Chain.STAGING;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.secureprediction.operator.api.v1alpha1.ConditionType;
import dev.secureprediction.operator.api.v1alpha1.Conditions;
import dev.secureprediction.operator.api.v1alpha1.PredictionVerification;
import dev.secureprediction.operator.api.v1alpha1.status.Condition;
import dev.secureprediction.operator.api.v1alpha1.status.ConsistencyState;
import dev.secureprediction.operator.api.v1alpha1.status.RecordStatus;
import dev.secureprediction.operator.api.v1alpha1.verification.PredictionVerificationSpec;
import dev.secureprediction.sandbox.Sandbox;
import dev.secureprediction.sandbox.junit.SandboxTest;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** One application on its way from qa through staging to production; each story begins where the one before ended. */
@SandboxTest
@TestMethodOrder(OrderAnnotation.class)
final class PromotionIT {

    private static final String ANALYST = "analyst@example.com";
    private static final String SCIENTIST = "scientist@example.com";
    private static final String FIRST = Chain.letsIn("analysts");
    private static final String SECOND = Chain.letsIn("scientists");
    private static final String THIRD = Chain.letsIn("analysts").replace("[Predict]", "[Predict, Stream]");

    private final Chain chain;

    PromotionIT(Sandbox sandbox) {
        chain = Chain.set(sandbox);
    }

    @Test
    @Order(1)
    void aContractReachesProductionByItselfOnceItSoakedOnTheWay() {
        // when the same contract is committed everywhere at once
        ALL.forEach(environment -> chain.chat(environment, FIRST));
        // then each environment waits for the one before, and nobody has to do anything
        ALL.forEach(environment -> chain.at(environment).awaitReady("chat"));
        assertThat(ALL)
                .extracting(environment -> chain.at(environment).status("chat").contractDigest())
                .containsOnly(chain.at(QA).status("chat").contractDigest());
        chain.awaitConsistent(STAGING, "Same");
        chain.awaitConsistent(PRODUCTION, "Same");
        assertThat(chain.at(PRODUCTION).status("chat").admission())
                .satisfies(admission -> assertThat(admission.by()).isEqualTo("Record"));
        // and the record says so to people too
        await().atMost(Platform.LONG)
                .untilAsserted(() -> assertThat(records(STAGING)).anySatisfy(record -> {
                    assertThat(status(record).reason()).isEqualTo("Trusted");
                    assertThat(decoded(record).at("/environment").asText()).isEqualTo(STAGING);
                    assertThat(decoded(record).path("probes").toString())
                            .contains("call without a token is refused", "token of another audience is refused")
                            .doesNotContain("canary"); // the contract has none
                    assertThat(decoded(record).at("/traffic/requests").isNumber())
                            .isTrue();
                }));
    }

    @Test
    @Order(2)
    void aContractThatNobodyVerifiedIsHeldUnderLoadAndWhatWasAdmittedAnswers() throws Exception {
        var caller = chain.at(PRODUCTION).caller("chat");
        var analyst = token(PRODUCTION, ANALYST);
        var isOver = new AtomicBoolean();
        try (var load = Executors.newVirtualThreadPerTaskExecutor()) {
            Callable<Integer> calls = () -> {
                int made = 0;
                while (!isOver.get()) {
                    assertThat(caller.chat(analyst)).isEqualTo(200);
                    made++;
                }
                return made;
            };
            var first = load.submit(calls);
            var second = load.submit(calls);
            // when somebody commits another contract to production alone
            chain.chat(PRODUCTION, SECOND);
            chain.awaitHeld(PRODUCTION);
            // then it says what is missing, and is no outage
            var status = chain.at(PRODUCTION).status("chat");
            assertThat(Conditions.isTrue(status.conditions(), ConditionType.Available))
                    .isTrue();
            assertThat(Conditions.find(status.conditions(), ConditionType.Stalled))
                    .isEmpty();
            assertThat(Objects.requireNonNull(status.consistency()).state()).isEqualTo(ConsistencyState.Ahead);
            assertThat(status.consistency().differingPaths()).containsExactly("contract.access.roles[0].when");
            await().until(() -> !chain.events(PRODUCTION, "PromotionHeld").isEmpty());
            // and a forged record changes nothing but that it is told
            forge();
            await().atMost(Platform.LONG)
                    .until(() -> chain.events(PRODUCTION, "PromotionHeld").stream()
                            .anyMatch(message -> message.contains("UnknownIssuer")));
            isOver.set(true);
            assertThat(first.get() + second.get()).isPositive();
        }
        assertThat(caller.chat(token(PRODUCTION, SCIENTIST))).isEqualTo(403);
    }

    @Test
    @Order(3)
    void itGoesOnByItselfWhenTheRecordArrives() {
        // when the others get it too, in the order of a promotion
        chain.chat(QA, SECOND);
        chain.awaitConsistent(STAGING, "Behind");
        chain.chat(STAGING, SECOND);
        // then production takes it up without a commit
        chain.at(PRODUCTION).awaitReady("chat");
        chain.awaitConsistent(PRODUCTION, "Same");
        var caller = chain.at(PRODUCTION).caller("chat");
        assertThat(caller.chat(token(PRODUCTION, SCIENTIST))).isEqualTo(200);
        assertThat(caller.chat(token(PRODUCTION, ANALYST))).isEqualTo(403);
    }

    @Test
    @Order(4)
    void goingBackNeedsNoRecord() {
        chain.chat(PRODUCTION, FIRST);
        chain.at(PRODUCTION).awaitReady("chat");
        assertThat(chain.at(PRODUCTION).caller("chat").chat(token(PRODUCTION, ANALYST)))
                .isEqualTo(200);
        chain.awaitConsistent(PRODUCTION, "Behind");
    }

    @Test
    @Order(5)
    void onlyThePlatformTeamCanBreakTheGlass() {
        chain.chat(PRODUCTION, THIRD);
        chain.awaitHeld(PRODUCTION);
        var digest = chain.at(PRODUCTION).status("chat").contractDigest();
        // when
        chain.environment(PRODUCTION, exception(digest, 3600));
        // then
        chain.at(PRODUCTION).awaitReady("chat");
        assertThat(chain.at(PRODUCTION).status("chat").admission())
                .satisfies(admission -> assertThat(admission.basis()).contains("outage 4711"));
        await().until(() -> !chain.events(PRODUCTION, "GateBypassed").isEmpty());
        // and when its time is over, without anybody's doing, nothing is taken away, but it is no longer Ready
        chain.environment(PRODUCTION, exception(digest, 10));
        chain.awaitHeld(PRODUCTION);
        assertThat(chain.at(PRODUCTION).status("chat").admittedContractDigest()).isEqualTo(digest);
        assertThat(chain.at(PRODUCTION).condition("chat", ConditionType.Ready).map(Condition::message))
                .hasValueSatisfying(told -> assertThat(told).contains("the exception that let it in has ended"));
        chain.environment(PRODUCTION, "");
        chain.awaitAccepted(PRODUCTION);
    }

    private static String exception(@Nullable String digest, int seconds) {
        return "exceptions: [{namespace: %s-team, name: chat, contractDigest: \"%s\", reason: outage 4711, expiresAt: \"%s\"}]\n"
                .formatted(
                        PRODUCTION, digest, Instant.now().plusSeconds(seconds).truncatedTo(ChronoUnit.SECONDS));
    }

    @Test
    @Order(6)
    void requirementsOnlyGetStricter() {
        // when the environment before gets stricter later, this one is told and serves on
        chain.environment(STAGING, "require: {maxTokenLifetimeSeconds: 3600}\n");
        chain.awaitEnvironment(PRODUCTION, ConditionType.Monotone, "NotMonotone");
        chain.awaitEnvironment(PRODUCTION, ConditionType.Accepted, "Valid");
        // and when this one is edited to require less, the edit is refused
        chain.environment(PRODUCTION, "require: {maxTokenLifetimeSeconds: 7200}\n");
        chain.awaitEnvironment(PRODUCTION, ConditionType.Accepted, "NotMonotone");
        assertThat(chain.at(PRODUCTION).caller("chat").chat(token(PRODUCTION, ANALYST)))
                .isEqualTo(200);
        // and as strict is fine
        chain.environment(PRODUCTION, "require: {maxTokenLifetimeSeconds: 3600}\n");
        chain.awaitEnvironment(PRODUCTION, ConditionType.Monotone, "AtLeastAsStrict");
    }

    @Test
    @Order(7)
    void differentContractsOfOneDayDivergeAndTheNextPromotionIsBlocked() {
        chain.chat(QA, FIRST.replace("[Predict]", "[Predict, Stream], issuers: [okta]"));
        chain.at(QA).awaitReady("chat");
        chain.chat(STAGING, SECOND.replace("[Predict]", "[Predict, Stream], issuers: [okta]"));
        // then it is told with the path, and what serves serves on
        chain.awaitConsistent(STAGING, "Diverged");
        chain.awaitHeld(STAGING);
        var status = chain.at(STAGING).status("chat");
        assertThat(Objects.requireNonNull(status.consistency()).differingPaths())
                .containsExactly("contract.access.roles[0].when");
        assertThat(Conditions.isTrue(status.conditions(), ConditionType.Available))
                .isTrue();
    }

    @Test
    @Order(8)
    void otherToolsAskBeforeTheyPromote() {
        var client = new PromotionClient(chain.platform());
        var team = PRODUCTION + "-team";
        var path = "/promotions/" + PRODUCTION + "/" + team + "/chat";
        var unknown = "?digest=v1:" + "0".repeat(64);
        // nobody, and somebody without rights
        assertThat(client.ask(path, Optional.empty()).status()).isEqualTo(401);
        assertThat(client.ask(path, Optional.of("forged")).status()).isEqualTo(401);
        var token = Optional.of(client.token(team, "default"));
        assertThat(client.ask(path, token).status()).isEqualTo(403);
        // a pipeline that may read the endpoint
        chain.platform().apply("""
                apiVersion: rbac.authorization.k8s.io/v1
                kind: Role
                metadata: {name: pipeline, namespace: %1$s}
                rules: [{apiGroups: [secureprediction.dev], resources: [securepredictionendpoints], verbs: [get]}]
                ---
                apiVersion: rbac.authorization.k8s.io/v1
                kind: RoleBinding
                metadata: {name: pipeline, namespace: %1$s}
                roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: pipeline}
                subjects: [{kind: ServiceAccount, name: default, namespace: %1$s}]
                """.formatted(team));
        await().atMost(Platform.LONG).until(() -> client.ask(path, token).status() != 403);
        var byException = chain.at(PRODUCTION).status("chat").contractDigest();
        chain.chat(PRODUCTION, FIRST);
        chain.at(PRODUCTION).awaitReady("chat");
        assertThat(client.ask(path, token).status()).isEqualTo(200);
        assertThat(client.ask(path + unknown, token)).satisfies(answer -> {
            assertThat(answer.status()).isEqualTo(409);
            assertThat(answer.body()).contains("was not verified in 'chain-staging'");
        });
        assertThat(client.ask("/promotions/" + QA + "/" + team + "/chat", token).status())
                .isEqualTo(404);
        assertThat(client.ask(path + "?digest=" + byException, token).status()).isEqualTo(409);
    }

    @Test
    @Order(9)
    void aRecordOfAnotherClusterCountsByTheKeysThatWereNamed() {
        var far = new ForeignRecords();
        var distant = "chain-distant";
        chain.apply(distant, """
                promotesFrom: {environment: elsewhere, verifiers: [{issuer: far, jwks: %s}]}
                promotion: {gate: Verified, minimumSoakSeconds: 60}
                """.formatted(far.jwks()));
        chain.chat(distant, FIRST);
        // given nothing of the other cluster can be seen, it is unknown and held
        chain.awaitHeld(distant);
        chain.awaitConsistent(distant, "PeerUnknown");
        // when a record of somebody else is copied, nothing follows; when one of theirs is, it goes on
        var digest = String.valueOf(chain.at(distant).status("chat").contractDigest());
        record(distant, "of-somebody", new ForeignRecords().of("far", "elsewhere", digest));
        await().atMost(Platform.LONG)
                .until(() -> chain.events(distant, "PromotionHeld").stream()
                        .anyMatch(message -> message.contains("UnknownKey")));
        record(distant, "of-theirs", far.of("far", "elsewhere", digest));
        chain.at(distant).awaitReady("chat");
        chain.awaitConsistent(distant, "Same");
    }

    private void record(String environment, String name, String jws) {
        var record = new PredictionVerification();
        record.setMetadata(new ObjectMetaBuilder()
                .withName(name)
                .withNamespace(environment + "-gateways")
                .build());
        record.setSpec(new PredictionVerificationSpec(jws));
        chain.platform().client().resource(record).create();
    }

    /** A record of staging by somebody whose signature nobody trusts. */
    private void forge() {
        var digest = String.valueOf(chain.at(PRODUCTION).status("chat").contractDigest());
        record(STAGING, "forged", new ForeignRecords().of("somebody-else", STAGING, digest));
    }

    private static RecordStatus status(PredictionVerification record) {
        return Objects.requireNonNull(record.getStatus(), "no status yet");
    }

    private static JsonNode decoded(PredictionVerification record) {
        return Objects.requireNonNull(status(record).decoded(), "nothing decoded");
    }

    private List<PredictionVerification> records(String environment) {
        return chain.platform()
                .client()
                .resources(PredictionVerification.class)
                .inNamespace(environment + "-gateways")
                .list()
                .getItems();
    }

    private Optional<String> token(String environment, String person) {
        return Optional.of(chain.platform().sandbox().issuer().token(person, "api://" + environment));
    }
}
