package dev.secureprediction.gateway.surface;

import static dev.secureprediction.gateway.surface.Reads.at;
import static dev.secureprediction.gateway.surface.Reads.content;
import static dev.secureprediction.gateway.surface.Reads.endpoint;
import static dev.secureprediction.gateway.surface.Reads.texts;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.secureprediction.gateway.error.ErrorCode;
import dev.secureprediction.gateway.error.RefusedException;
import dev.secureprediction.gateway.route.Operation;
import dev.secureprediction.gateway.route.Route;
import dev.secureprediction.gateway.surface.AnswerFrame.End;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class VertexPredictExtractorTest {
    private static final Route PREDICT = endpoint(Operation.PREDICT);

    @Test
    void everyStringOfInstancesAndParametersIsSeen() throws Exception {
        // given a body with strings at any depth, names included
        String body = "{\"instances\":[{\"a\":\"one\",\"b\":[{\"c\":\"two\"},3,null,true]}, \"three\"],"
                + "\"parameters\":{\"style\":\"four\",\"temperature\":0.5,\"maxOutputTokens\":7}}";

        // when it is read
        Content read = content(PREDICT, body);

        // then each is a text with its pointer
        assertThat(texts(read))
                .containsExactly(
                        "Data /instances/0/a a",
                        "Data /instances/0/a one",
                        "Data /instances/0/b b",
                        "Data /instances/0/b/0/c c",
                        "Data /instances/0/b/0/c two",
                        "Data /instances/1 three",
                        "Data /parameters/style four");
        assertThat(read.generation().maxOutputTokens()).hasValue(7);
        assertThat(read.generation().temperature()).hasValue(0.5);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"instances\":[\"plain\"]}",
                "{\"instances\" : [\n \"äöü 漢字 😀\" ] }",
                "{\"x\":\"ü\",\"instances\":[\"esc \\\" \\\\ \\u00e4 \\n\"]}",
                "{\"instances\":[{\"näme \\\" x\" : \"v\"}]}",
            })
    void aSpanIsTheLiteralWithItsQuotes(String body) throws Exception {
        // given texts before and behind characters of several bytes
        for (Part part : content(PREDICT, body).parts()) {
            // when the span is cut out of the bytes
            Part.Text text = (Part.Text) part;
            String literal = at(body, text.span());

            // then it is exactly the JSON string
            assertThat(new ObjectMapper().readValue(literal, String.class)).isEqualTo(text.text());
            assertThat(literal).startsWith("\"").endsWith("\"");
        }
    }

    @Test
    void bytesAndFilesAreToldApart() throws Exception {
        Content read = content(
                PREDICT,
                "{\"instances\":[{\"image_bytes\":{\"b64\":\"AAAA\"}},{\"image\":{\"gcsUri\":\"gs://b/o\"}}]}");
        assertThat(read.parts())
                .anySatisfy(part -> assertThat(part)
                        .isInstanceOfSatisfying(
                                Part.Inline.class,
                                inline -> assertThat(inline.pointer()).isEqualTo("/instances/0/image_bytes/b64")));
        assertThat(read.parts())
                .anySatisfy(part -> assertThat(part)
                        .isInstanceOfSatisfying(
                                Part.File.class, file -> assertThat(file.uri()).isEqualTo("gs://b/o")));
    }

    /** Whatever stands before: most of a large body is read by bytes, not by tokens. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"plain\":[1,{\"a\":\"b\"}]}",
                "{\"nested\":{\"other\":[\"g\",\"\u00e9\"]}}",
                "[[[0.5,-1e3],[]],{}]",
                "\"text\"",
            })
    void bytesAndFilesAreFoundWhereNobodyLooksAtTexts(String other) throws Exception {
        // given instances with a file deep in one of them, and others around
        String body =
                "{\"instances\":[" + other + ",{\"a\":" + other + ",\"b\":[{\"c\":\" gs://b/o\"},{\"b64\":\"AAAA\"}]},"
                        + other + ",{\"d\":{\"file_uri\":\"https://a.example\"}}]}";
        // when only bytes and files are asked for
        List<Part> parts =
                Reads.extractor(PREDICT).outline(PREDICT, Reads.bytes(body)).parts();
        // then they are the parts, with their pointers
        assertThat(parts)
                .extracting(part -> part.getClass().getSimpleName() + " " + part.pointer())
                .containsExactly(
                        "File /instances/1/b/0/c", "Inline /instances/1/b/1/b64", "File /instances/3/d/file_uri");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"instances\":[]}",
                "{\"instances\":{}}",
                "{\"instances\":\"x\"}",
                "{\"instances\":null}",
                "{\"parameters\":{}}"
            })
    void withoutInstancesItIsNoPrediction(String body) {
        assertThatThrownBy(() -> content(PREDICT, body)).isInstanceOfSatisfying(RefusedException.class, refused -> {
            assertThat(refused.refusal().code()).isEqualTo(ErrorCode.BODY_INVALID);
            assertThat(refused.refusal().violations().getFirst().field()).isEqualTo("/instances");
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "\"x\"",
                "{\"instances\":[1]",
                "{\"instances\":[1]} x",
                "{\"instances\":[1],\"instances\":[2]}",
                "{\"instances\":[{\"a\":1,\"a\":2}]}",
                "{\"instances\":[\"\\ud800\\u0000\",]}",
                "{'instances':[1]}",
                "{\"instances\":[NaN]}",
                "{\"instances\":[01]}",
            })
    void whatIsNoJsonObjectIsMalformed(String body) {
        assertMalformed(() -> content(PREDICT, body));
        assertMalformed(() -> Reads.extractor(PREDICT).outline(PREDICT, Reads.bytes(body)));
    }

    private static void assertMalformed(ThrowingCallable reading) {
        assertThatThrownBy(reading)
                .isInstanceOfSatisfying(
                        RefusedException.class,
                        refused -> assertThat(refused.refusal().code()).isEqualTo(ErrorCode.BODY_MALFORMED));
    }

    @Test
    void nestingIsBounded() {
        String deep = "{\"instances\":" + "[".repeat(70) + "]".repeat(70) + "}";
        assertMalformed(() -> content(PREDICT, deep));
        assertMalformed(() -> Reads.extractor(PREDICT).outline(PREDICT, Reads.bytes(deep)));
    }

    @Test
    void rawBodiesAreTheModelsOwn() throws Exception {
        Content read = content(endpoint(Operation.RAW_PREDICT), "{\"prompt\":\"hi\",\"n\":1}");
        assertThat(texts(read)).containsExactly("Data /prompt prompt", "Data /prompt hi", "Data /n n");
    }

    @Test
    void predictionsAreTextsOfTheirCandidate() {
        AnswerFrame frame = Reads.answer(PREDICT, "{\"predictions\":[\"a\",{\"x\":\"b\"}],\"deployedModelId\":\"1\"}");
        assertThat(frame.end()).isEqualTo(End.COMPLETE);
        assertThat(frame.deltas()).anySatisfy(delta -> {
            assertThat(delta.candidate()).isEqualTo(1);
            assertThat(delta.text().text()).isEqualTo("b");
        });
        assertThat(Reads.answer(PREDICT, "{\"error\":{\"code\":500}}").end()).isEqualTo(End.ERROR);
        assertThat(Reads.answer(PREDICT, "<html>").end()).isEqualTo(End.ERROR);
    }
}
