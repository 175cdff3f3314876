package dev.secureprediction.gateway.surface;

import static dev.secureprediction.gateway.surface.Reads.bytes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.secureprediction.gateway.error.RefusedException;
import dev.secureprediction.gateway.route.AnswerForm;
import dev.secureprediction.gateway.route.Operation;
import dev.secureprediction.gateway.route.Route;
import dev.secureprediction.gateway.route.RouteMatch;
import dev.secureprediction.gateway.route.Target;
import dev.secureprediction.gateway.support.Policies;
import dev.secureprediction.policy.model.PolicyBundle;
import dev.secureprediction.policy.model.Surface;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The Open Inference Protocol and KServe's own, there and back. */
final class InferenceTest {
    private static final Route INFER = new Route(Operation.INFER, new Target.Named("churn", Optional.empty()));
    private static final Route KSERVE =
            new Route(Operation.KSERVE_PREDICT, new Target.Named("churn", Optional.empty()));
    private static final SurfaceModule OIP = SurfaceRegistry.standard().module(Surface.OpenInference);
    private static final SurfaceModule V1 = SurfaceRegistry.standard().module(Surface.KServeV1);
    private static final PolicyBundle POLICY =
            Policies.churn("https://issuer.example", "model.example:443").bundle();

    private static String there(String body) throws RefusedException {
        OIP.extractor().read(INFER, bytes(body));
        return new String(
                OIP.toUpstream(INFER, AnswerForm.JSON, POLICY.upstream(), bytes(body))
                        .body(),
                StandardCharsets.UTF_8);
    }

    private static String back(String request, String answer) throws RefusedException {
        return new String(
                OIP.fromUpstream(INFER, POLICY, bytes(request)).orElseThrow().translate(bytes(answer)),
                StandardCharsets.UTF_8);
    }

    private static String input(String name, String shape, String type, String data) {
        return "{\"name\":\"" + name + "\",\"shape\":" + shape + ",\"datatype\":\"" + type + "\",\"data\":" + data
                + "}";
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "[2] | [1.10,9007199254740993] | [1.10,9007199254740993]",
                "[2,2] | [1,2,3,4] | [[1,2],[3,4]]",
                "[2,2] | [[1,2],[3,4]] | [[1,2],[3,4]]",
                "[1,2,2] | [1,2,3,4] | [[[1,2],[3,4]]]",
            })
    void oneTensorBecomesRows(String shape, String data, String rows) throws Exception {
        assertThat(there("{\"inputs\":[" + input("x", shape, "FP64", data) + "]}"))
                .isEqualTo("{\"instances\":" + rows + "}");
    }

    @Test
    void severalTensorsBecomeObjects() throws Exception {
        assertThat(there("{\"inputs\":[" + input("te\\\"n", "[2]", "INT64", "[1,2]") + ","
                        + input("plan", "[2,1]", "BYTES", "[\"a\",\"ü\"]") + "]}"))
                .isEqualTo("{\"instances\":[{\"te\\\"n\":1,\"plan\":[\"a\"]},{\"te\\\"n\":2,\"plan\":[\"ü\"]}]}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"inputs\":[]}",
                "{\"inputs\":[{\"name\":\"x\",\"shape\":[3],\"datatype\":\"FP32\",\"data\":[1,2]}]}",
                "{\"inputs\":[{\"name\":\"x\",\"shape\":[2],\"datatype\":\"FLOAT\",\"data\":[1,2]}]}",
                "{\"inputs\":[{\"name\":\"x\",\"shape\":[2],\"datatype\":\"fp32\",\"data\":[1,2]}]}",
                "{\"inputs\":[{\"name\":\"x\",\"shape\":[2],\"datatype\":\"INT32\",\"data\":[1,2.5]}]}",
                "{\"inputs\":[{\"name\":\"x\",\"shape\":[1],\"datatype\":\"BOOL\",\"data\":[1]}]}",
                "{\"inputs\":[{\"name\":\"x\",\"shape\":[1],\"datatype\":\"FP32\",\"data\":[null]}]}",
                "{\"inputs\":[{\"name\":\"x\",\"shape\":[],\"datatype\":\"FP32\",\"data\":[1]}]}",
                "{\"inputs\":[{\"name\":\"x\",\"shape\":[-1],\"datatype\":\"FP32\",\"data\":[1]}]}",
                "{\"inputs\":[{\"name\":\"x\",\"shape\":[99999,99999,99999],\"datatype\":\"FP32\",\"data\":[1]}]}",
                "{\"inputs\":[{\"name\":\"x\",\"shape\":[1],\"data\":[1]}]}",
                "{\"inputs\":[{\"shape\":[1],\"datatype\":\"FP32\",\"data\":[1]}]}",
                "{\"model_name\":\"other\",\"inputs\":[{\"name\":\"x\",\"shape\":[1],\"datatype\":\"FP32\",\"data\":[1]}]}",
                "{\"made_up\":1,\"inputs\":[{\"name\":\"x\",\"shape\":[1],\"datatype\":\"FP32\",\"data\":[1]}]}",
                "{\"parameters\":{\"priority\":1},\"inputs\":[{\"name\":\"x\",\"shape\":[1],\"datatype\":\"FP32\",\"data\":[1]}]}",
                "{\"inputs\":[{\"name\":\"x\",\"shape\":[1],\"datatype\":\"FP32\",\"data\":[1]},{\"name\":\"x\",\"shape\":[1],\"datatype\":\"FP32\",\"data\":[1]}]}",
                "{\"inputs\":[{\"name\":\"x\",\"shape\":[1],\"datatype\":\"FP32\",\"data\":[1]},{\"name\":\"y\",\"shape\":[2],\"datatype\":\"FP32\",\"data\":[1,2]}]}",
            })
    void whatIsNoTensorIsRefused(String body) {
        assertThatThrownBy(() -> there(body)).isInstanceOf(RefusedException.class);
    }

    @Test
    void predictionsBecomeTensors() throws Exception {
        String request = "{\"id\":\"7\",\"inputs\":[" + input("x", "[2]", "FP32", "[1,2]") + "]}";
        assertThat(back(
                        request,
                        "{\"predictions\":[0.10,9007199254740993],\"modelVersionId\":\"17\",\"model\":\"projects/p\"}"))
                .isEqualTo(
                        "{\"model_name\":\"churn\",\"model_version\":\"17\",\"id\":\"7\",\"outputs\":[{\"name\":\"predictions\","
                                + "\"datatype\":\"FP64\",\"shape\":[2],\"data\":[0.10,9007199254740993]}]}");
        assertThat(back(request, "{\"predictions\":[{\"p\":[1,2],\"l\":\"ü\"},{\"p\":[3,4],\"l\":\"b\"}]}"))
                .contains("{\"name\":\"p\",\"datatype\":\"INT64\",\"shape\":[2,2],\"data\":[1,2,3,4]}")
                .contains("{\"name\":\"l\",\"datatype\":\"BYTES\",\"shape\":[2],\"data\":[\"ü\",\"b\"]}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"predictions\":[[1,2],[3]]}",
                "{\"predictions\":[1,\"a\"]}",
                "{\"predictions\":[{\"a\":1},{\"b\":1}]}",
                "{\"predictions\":[[1],2]}",
                "{\"predictions\":[null]}",
                "[]",
                "<html>"
            })
    void whatIsNoTensorOfTheModelIsItsFault(String answer) {
        String request = "{\"inputs\":[" + input("x", "[2]", "FP32", "[1,2]") + "]}";
        assertThatThrownBy(() -> back(request, answer))
                .isInstanceOf(RefusedException.class)
                .hasMessage("UPSTREAM_FAILED");
    }

    @Test
    void bytesBehindTheJsonAreTensors() throws Exception {
        // given a body as tritonclient writes it: floats, texts and halves behind the JSON
        String json =
                "{\"inputs\":[{\"name\":\"f\",\"shape\":[2],\"datatype\":\"FP32\",\"parameters\":{\"binary_data_size\":8}},"
                        + "{\"name\":\"s\",\"shape\":[2],\"datatype\":\"BYTES\",\"parameters\":{\"binary_data_size\":11}},"
                        + "{\"name\":\"h\",\"shape\":[2],\"datatype\":\"FP16\",\"parameters\":{\"binary_data_size\":4}}]}";
        ByteBuffer tensors = ByteBuffer.allocate(23).order(ByteOrder.LITTLE_ENDIAN);
        tensors.putFloat(0.1f).putFloat(70.35f);
        tensors.putInt(1).put((byte) 'a').putInt(2).put("ü".getBytes(StandardCharsets.UTF_8));
        tensors.putShort(Float.floatToFloat16(0.5f)).putShort(Float.floatToFloat16(2f));
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        body.writeBytes(bytes(json));
        body.writeBytes(tensors.array());

        // when it is brought into the form that is read
        byte[] normal = OIP.normal(body.toByteArray(), Optional.of(Integer.toString(bytes(json).length)));

        // then each float is the shortest decimal that is that float
        assertThat(there(new String(normal, StandardCharsets.UTF_8)))
                .isEqualTo("{\"instances\":[{\"f\":0.1,\"s\":\"a\",\"h\":0.5},{\"f\":70.35,\"s\":\"ü\",\"h\":2.0}]}");
    }

    @Test
    void whatStandsBesideBytesStaysAsItWasWritten() throws Exception {
        // given a tensor in JSON, with numbers that no double is, beside one in bytes with whole numbers that none is
        String json = "{ \"id\":\"a\\u00fc\",\"inputs\":[{\"name\":\"x\",\"shape\":[4],\"datatype\":\"FP64\",\"data\":"
                + "[1.10,9007199254740993, 0.1000000000000000055511151231257827,1E2]},"
                + "{\"parameters\":{ \"binary_data_size\":32 },\"name\":\"n\",\"shape\":[4],\"datatype\":\"INT64\"}] }";
        ByteBuffer numbers = ByteBuffer.allocate(32).order(ByteOrder.LITTLE_ENDIAN);
        numbers.putLong(Long.MAX_VALUE)
                .putLong(Long.MIN_VALUE)
                .putLong(9007199254740993L)
                .putLong(0);

        String normal = normal(json, numbers.array());

        // then the one is put in as it is, and the other is not touched
        assertThat(normal)
                .isEqualTo(json.replace(
                        "{ \"binary_data_size\":32 }",
                        "{},\"data\":[9223372036854775807,-9223372036854775808,9007199254740993,0]"));
        assertThat(there(normal))
                .contains("{\"x\":1.10,\"n\":9223372036854775807}")
                .contains("{\"x\":0.1000000000000000055511151231257827,\"n\":9007199254740993}");
    }

    @Test
    void unsignedNumbersAndOtherParametersAreKept() throws Exception {
        ByteBuffer numbers =
                ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(-1);
        assertThat(normal(
                        "{\"inputs\":[{\"name\":\"n\",\"datatype\":\"UINT64\",\"shape\":[1],"
                                + "\"parameters\":{\"a\" : 1.0,\"binary_data_size\":8,\"b\":[2.50]}}]}",
                        numbers.array()))
                .contains("\"parameters\":{\"a\" : 1.0,\"b\":[2.50]},\"data\":[18446744073709551615]}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"7", "9", "-8", "8.0", "\"8\"", "1e1", "99999999999999999999", "null"})
    void aSizeThatIsNotThatOfTheBytesIsRefused(String size) {
        assertThatThrownBy(() -> normal(
                        "{\"inputs\":[{\"name\":\"n\",\"datatype\":\"INT64\",\"shape\":[1],"
                                + "\"parameters\":{\"binary_data_size\":" + size + "}}]}",
                        new byte[8]))
                .isInstanceOf(RefusedException.class);
    }

    @Test
    void aTensorInJsonAndInBytesIsRefused() throws Exception {
        String both = normal(
                "{\"inputs\":[{\"name\":\"n\",\"datatype\":\"INT8\",\"shape\":[1],\"data\":[1],"
                        + "\"parameters\":{\"binary_data_size\":1}}]}",
                new byte[1]);
        assertThatThrownBy(() -> there(both)).isInstanceOf(RefusedException.class);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "9223372036854775807 | INT64",
                "9223372036854775808 | UINT64",
                "18446744073709551615,1 | UINT64",
                "18446744073709551615,-1 | FP64",
                "-1,18446744073709551615 | FP64",
                "-9223372036854775809 | FP64",
                "18446744073709551616 | FP64",
                "9223372036854775808,0.5 | FP64",
            })
    void wholeNumbersOfTheModelHaveATypeThatHoldsThem(String numbers, String type) throws Exception {
        String request = "{\"inputs\":[" + input("x", "[2]", "FP32", "[1,2]") + "]}";
        assertThat(back(request, "{\"predictions\":[" + numbers + "]}"))
                .contains("\"datatype\":\"" + type + "\"")
                .contains("\"data\":[" + numbers + "]");
    }

    private static String normal(String json, byte[] behind) throws RefusedException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        body.writeBytes(bytes(json));
        body.writeBytes(behind);
        byte[] normal = OIP.normal(body.toByteArray(), Optional.of(Integer.toString(bytes(json).length)));
        return new String(normal, StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @CsvSource({"-1", "x", "999999", "3", "99999999999"})
    void aLengthThatIsNotTheJsonsIsRefused(String length) {
        assertThatThrownBy(() -> OIP.normal(bytes("{\"inputs\":[]}"), Optional.of(length)))
                .isInstanceOf(RefusedException.class);
    }

    @Test
    void kserveIsAPredictionWithoutGooglesNames() throws Exception {
        String body = "{\"instances\":[[1,2.50]]}";
        V1.extractor().read(KSERVE, bytes(body));
        V1.checkMappable(KSERVE, POLICY.upstream().model(), bytes(body));
        UpstreamRequest call = V1.toUpstream(KSERVE, AnswerForm.JSON, POLICY.upstream(), bytes(body));
        assertThat(call.target()).endsWith("/endpoints/spe-churn-1a2b3c4d:predict");
        assertThat(new String(call.body(), StandardCharsets.UTF_8)).isEqualTo(body);
        byte[] back = V1.fromUpstream(KSERVE, POLICY, bytes(body))
                .orElseThrow()
                .translate(bytes("{\"predictions\":[ 1.0 ,{\"a\":\"b\"}],\"model\":\"projects/p\"}"));
        assertThat(new String(back, StandardCharsets.UTF_8)).isEqualTo("{\"predictions\":[ 1.0 ,{\"a\":\"b\"}]}");
        assertThatThrownBy(() -> V1.checkMappable(
                        KSERVE, POLICY.upstream().model(), bytes("{\"instances\":[1],\"signature_name\":\"s\"}")))
                .isInstanceOf(RefusedException.class);
    }

    @ParameterizedTest
    @CsvSource({
        "GET,/v2,SERVER_METADATA",
        "GET,/v2/health/live,SERVER_LIVE",
        "GET,/v2/health/ready,SERVER_READY",
        "GET,/v2/models/churn,MODEL_METADATA",
        "GET,/v2/models/churn/versions/1,MODEL_METADATA",
        "GET,/v2/models/a/b/ready,MODEL_READY",
        "POST,/v2/models/churn/infer,INFER",
        "POST,/v2/models/churn/versions/17/infer,INFER",
        "POST,/v1/models/churn:predict,KSERVE_PREDICT",
    })
    void pathsAreRecognised(String method, String path, Operation operation) {
        assertThat(SurfaceRegistry.standard().match(method, path))
                .isInstanceOfSatisfying(
                        RouteMatch.Matched.class,
                        matched -> assertThat(matched.route().operation()).isEqualTo(operation));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/v2/",
                "/v2/models",
                "/v2/health",
                "/v2/models/churn/infer/",
                "/v2/models/a/b/c/infer",
                "/v2/models/chu%72n/infer",
                "/v2/repository/index",
                "/v1/models/churn:PREDICT",
                "/v1/models/churn:explain",
                "/v1/models/a:b:predict",
                "/v1/models/:predict"
            })
    void whatIsNotExactlyAPathIsNone(String path) {
        assertThat(SurfaceRegistry.standard().match("POST", path)).isInstanceOf(RouteMatch.Unmatched.class);
    }
}
