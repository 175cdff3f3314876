package dev.secureprediction.gateway.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.secureprediction.gateway.error.ErrorCode;
import dev.secureprediction.gateway.error.RefusedException;
import dev.secureprediction.gateway.limits.Limiter;
import dev.secureprediction.gateway.pipeline.RequestHead.Header;
import dev.secureprediction.gateway.pipeline.RequestHead.Protocol;
import dev.secureprediction.gateway.policy.PolicySnapshot;
import dev.secureprediction.gateway.support.GatewayWorld;
import dev.secureprediction.gateway.support.Policies;
import dev.secureprediction.gateway.surface.SurfaceRegistry;
import dev.secureprediction.gateway.tokens.BearerToken;
import dev.secureprediction.policy.decision.Caller;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The stages one by one, without a server. */
final class StagesTest {
    private static final PolicySnapshot POLICY =
            Snapshots.of(Policies.churn("https://issuer.test", "model.test").request(1_000, Optional.empty()));
    private static final Caller ANALYST = new Caller("okta", "analyst", Map.of("groups", List.of("ml-analysts-qa")));
    private static final Header JSON = new Header("Content-Type", "application/json");

    private final Admission admission = new Admission(2, 4_000, Limiter.of(Optional.empty(), System::nanoTime));

    private static RequestHead head(String target, Header... headers) {
        List<Header> all = new ArrayList<>(List.of(new Header("Host", "gateway")));
        all.addAll(List.of(headers));
        return RequestHead.of(Protocol.HTTP_1_1, "POST", target, all);
    }

    private static void accept(RequestHead head) throws RefusedException {
        new Acceptor().accept(head, SurfaceRegistry.standard().match(head.method(), head.path()), POLICY);
    }

    private static AuthorizedRequest authorize(Caller caller, String target, Header... headers)
            throws RefusedException {
        RequestHead head = head(target, headers);
        AcceptedRequest accepted = new AcceptedRequest(
                head, POLICY, SurfaceRegistry.standard().match(head.method(), head.path()), BearerToken.of("x"));
        return new Authorizer().authorize(new AuthenticatedRequest(accepted, caller));
    }

    private static AuthorizedRequest predicts(Header... headers) throws RefusedException {
        return authorize(ANALYST, GatewayWorld.endpointPath("predict"), headers);
    }

    private AdmittedRequest admit(AuthorizedRequest request) throws RefusedException {
        return admission.admit(request).join();
    }

    private static void assertRefused(ThrowingCallable call, ErrorCode code) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        RefusedException.class,
                        e -> assertThat(e.refusal().code()).isEqualTo(code));
    }

    @ParameterizedTest
    @CsvSource({
        "Expect,200-ok,EXPECTATION_REFUSED",
        "Authorization,Basic eDp5,TOKEN_INVALID",
        "Authorization,Bearer,TOKEN_INVALID",
        "Authorization,'Bearer a, Bearer b',TOKEN_INVALID",
        "Host,second,HEADER_REPEATED",
        "X-Other,x,TOKEN_MISSING"
    })
    void headsThatAreNotSoundAreRefused(String name, String value, ErrorCode code) {
        assertRefused(() -> accept(head(GatewayWorld.endpointPath("predict"), new Header(name, value))), code);
    }

    @Test
    void aTokenInTheQueryIsRefusedAlsoBesideTheHeader() {
        RequestHead head = head(
                GatewayWorld.endpointPath("predict") + "?access_token=x", new Header("authorization", "Bearer x.y.z"));
        assertRefused(() -> accept(head), ErrorCode.TOKEN_IN_QUERY);
    }

    @Test
    void aResourceThatIsNotOursAndOneThatIsNotThereLookAlike() {
        for (String path : List.of(
                GatewayWorld.endpointPath("predict").replace(Policies.PROJECT, "other-project"),
                GatewayWorld.endpointPath("predict").replace(Policies.LOCATION, "us-central1"),
                GatewayWorld.endpointPath("predict").replace(Policies.ENDPOINT, "other"),
                GatewayWorld.geminiPath("predict"))) {
            assertRefused(() -> authorize(ANALYST, path), ErrorCode.ACCESS_DENIED);
        }
    }

    @Test
    void aProjectMayBeNamedByItsNumber() throws RefusedException {
        String byNumber = GatewayWorld.endpointPath("predict").replace(Policies.PROJECT, Policies.NUMBER);
        assertThat(authorize(ANALYST, byNumber).role().name()).isEqualTo("analyst");
    }

    @Test
    void whoHasNoRoleIsDenied() {
        Caller nobody = new Caller("okta", "guest", Map.of());
        Caller stranger = new Caller("other", "analyst", Map.of("groups", List.of("ml-analysts-qa")));
        assertRefused(() -> authorize(nobody, GatewayWorld.endpointPath("predict")), ErrorCode.ACCESS_DENIED);
        assertRefused(() -> authorize(stranger, GatewayWorld.endpointPath("predict")), ErrorCode.ACCESS_DENIED);
    }

    @Test
    void nobodyMayAskForAnotherTrafficTier() {
        Header priority = new Header("X-Vertex-AI-LLM-Shared-Request-Type", "priority");
        assertRefused(() -> predicts(priority), ErrorCode.ACCESS_DENIED);
    }

    @ParameterizedTest
    @CsvSource({
        "Content-Length,1001,BODY_TOO_LARGE",
        "Content-Encoding,br,ENCODING_REFUSED",
        "Content-Encoding,'gzip, gzip',ENCODING_REFUSED"
    })
    void bodiesThatCannotBeAreRefusedBeforeTheyAreRead(String name, String value, ErrorCode code) {
        assertRefused(() -> admit(predicts(JSON, new Header(name, value))), code);
    }

    @Test
    void aPlaceIsGivenBackAndNoMoreAreGivenThanThereAre() throws RefusedException {
        AdmittedRequest first = admit(predicts(JSON));
        admit(predicts(JSON));
        assertRefused(() -> admit(predicts(JSON)), ErrorCode.OVERLOADED);
        first.close();
        first.close();
        assertThat(admit(predicts(JSON)).received()).isZero();
        assertThat(admission.running()).isEqualTo(2);
    }

    @Test
    void theFirstByteTooManyIsRefusedWhateverWasAnnounced() throws RefusedException {
        try (AdmittedRequest request = admit(predicts(JSON, new Header("Content-Length", "10")))) {
            request.append(new byte[1_000]);
            assertRefused(() -> request.append(new byte[1]), ErrorCode.BODY_TOO_LARGE);
        }
    }

    private byte[] inspect(String body) throws RefusedException {
        try (AdmittedRequest request = admit(predicts(JSON))) {
            request.append(body.getBytes(StandardCharsets.UTF_8));
            return new Inspector().inspect(request).body();
        }
    }

    @Test
    void aGoodBodyIsKeptByteForByte() throws RefusedException {
        String body = " {\"instances\" : [ 1.10, 9007199254740993 ], \"x\":{\"y\":[[]]}}\n";
        assertThat(new String(inspect(body), StandardCharsets.UTF_8)).isEqualTo(body);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "7",
                "{",
                "{\"instances\":[1]}x",
                "{\"instances\":[1],\"instances\":[2]}",
                "{\"instances\":[{\"a\":1,\"a\":2}]}",
                "{\"instances\":[1,]}",
                "{\"instances\":[NaN]}",
                "{'instances':[1]}",
                "{\"instances\":[1]} // x",
                "\uFEFF{\"instances\":[1]}",
                "{\"instances\":[\"\u0000\"]}"
            })
    void whatIsNotOneJsonObjectIsRefused(String body) {
        assertRefused(() -> inspect(body), ErrorCode.BODY_MALFORMED);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"{}", "{\"instances\":[]}", "{\"instances\":{}}", "{\"instances\":\"x\"}", "{\"instances\":null}"
            })
    void instancesMustBeAFilledArray(String body) {
        assertThatThrownBy(() -> inspect(body)).isInstanceOfSatisfying(RefusedException.class, e -> {
            assertThat(e.refusal().code()).isEqualTo(ErrorCode.BODY_INVALID);
            assertThat(e.refusal().violations().getFirst().field()).isEqualTo("/instances");
        });
    }

    @Test
    void depthIsBounded() {
        assertRefused(
                () -> inspect("{\"instances\":[" + "[".repeat(200) + "]".repeat(200) + "]}"), ErrorCode.BODY_MALFORMED);
    }

    @Test
    void otherEncodingsOfTextAreRefused() {
        assertRefused(
                () -> {
                    try (AdmittedRequest request = admit(predicts(JSON))) {
                        request.append("{\"instances\":[1]}".getBytes(StandardCharsets.UTF_16));
                        new Inspector().inspect(request);
                    }
                },
                ErrorCode.BODY_MALFORMED);
    }

    private static InspectedRequest inspectRaw(PolicySnapshot policy, Header type, String body)
            throws RefusedException {
        RequestHead head = head(GatewayWorld.endpointPath("rawPredict"), type);
        AcceptedRequest accepted = new AcceptedRequest(
                head, policy, SurfaceRegistry.standard().match(head.method(), head.path()), BearerToken.of("x"));
        AuthorizedRequest authorized = new Authorizer().authorize(new AuthenticatedRequest(accepted, ANALYST));
        try (AdmittedRequest request = new Admission(1, 4_000, Limiter.of(Optional.empty(), System::nanoTime))
                .admit(authorized)
                .join()) {
            request.append(body.getBytes(StandardCharsets.UTF_8));
            return new Inspector().inspect(request);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"[1,2]", "7", "\"text\"", "null", "{\"anything\":{}}", " [ 1.10 ] "})
    void aRawBodyMayBeAnyJson(String body) throws RefusedException {
        assertThat(new String(inspectRaw(POLICY, JSON, body).body(), StandardCharsets.UTF_8))
                .isEqualTo(body);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[1,2", "7 8", "[1]x", "{\"a\":1,\"a\":2}", "nul"})
    void aRawBodyThatSaysThatItIsJsonMustBe(String body) {
        assertRefused(() -> inspectRaw(POLICY, JSON, body), ErrorCode.BODY_MALFORMED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"image/png", "text/csv; charset=utf-8", "multipart/form-data; boundary=\"a b\""})
    void aRawBodyOfAnotherTypeIsPassedOnAsItIs(String type) throws RefusedException {
        InspectedRequest inspected = inspectRaw(POLICY, new Header("Content-Type", type), "{not json");
        assertThat(inspected.mediaType()).isEqualTo(type);
        assertThat(new String(inspected.body(), StandardCharsets.UTF_8)).isEqualTo("{not json");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "png", "image/", "image/png\u0001", "application/json; charset=utf-16", "a/b; c=\"\\\""})
    void aTypeThatIsNoneIsRefused(String type) {
        assertRefused(() -> inspectRaw(POLICY, new Header("Content-Type", type), "x"), ErrorCode.MEDIA_TYPE_REFUSED);
    }

    @Test
    void whereASchemaStandsARawBodyIsJsonThatFitsIt() throws RefusedException {
        ObjectNode schema = JsonNodeFactory.instance.objectNode().put("type", "array");
        PolicySnapshot policy = Snapshots.of(
                Policies.churn("https://issuer.test", "model.test").request(1_000, java.util.Optional.of(schema)));
        assertThat(inspectRaw(policy, JSON, "[1]").mediaType()).isEqualTo("application/json");
        assertRefused(() -> inspectRaw(policy, JSON, "{}"), ErrorCode.BODY_INVALID);
        assertRefused(
                () -> inspectRaw(policy, new Header("Content-Type", "image/png"), "[1]"), ErrorCode.MEDIA_TYPE_REFUSED);
    }

    @Test
    void otherCallsAreJsonWhateverTheyAre() {
        assertRefused(
                () -> admission.admit(predicts(new Header("Content-Type", "text/csv"))), ErrorCode.MEDIA_TYPE_REFUSED);
    }

    @Test
    void aBombEndsAtTheLimit() throws IOException, RefusedException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(new byte[500_000]);
        }
        try (AdmittedRequest request = admit(predicts(JSON, new Header("Content-Encoding", "gzip")))) {
            request.append(bytes.toByteArray());
            assertRefused(() -> new Inspector().inspect(request), ErrorCode.BODY_TOO_LARGE);
        }
    }

    @Test
    void aGoodPolicyPassesItsSelfTest() {
        assertThat(new PipelineSelfTest(Clock.systemUTC()).failure(POLICY)).isEmpty();
    }
}
