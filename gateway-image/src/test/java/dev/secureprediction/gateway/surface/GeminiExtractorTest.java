package dev.secureprediction.gateway.surface;

import static dev.secureprediction.gateway.surface.Reads.content;
import static dev.secureprediction.gateway.surface.Reads.edited;
import static dev.secureprediction.gateway.surface.Reads.publisher;
import static dev.secureprediction.gateway.surface.Reads.texts;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.secureprediction.gateway.error.ErrorCode;
import dev.secureprediction.gateway.error.RefusedException;
import dev.secureprediction.gateway.route.Operation;
import dev.secureprediction.gateway.route.Route;
import dev.secureprediction.gateway.surface.AnswerFrame.End;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class GeminiExtractorTest {
    private static final Route GENERATE = publisher(Operation.GENERATE_CONTENT, "google", "gemini-2.5-flash");

    @Test
    void everyPartHasItsSpeaker() throws Exception {
        // given a conversation with everything in it, some of it with the role behind the parts
        String body = "{\"systemInstruction\":{\"parts\":[{\"text\":\"sys\"}]},\"contents\":["
                + "{\"role\":\"user\",\"parts\":[{\"text\":\"ask\"},{\"inlineData\":{\"mimeType\":\"image/png\",\"data\":\"AA==\"}},"
                + "{\"fileData\":{\"fileUri\":\"gs://b/o\",\"mimeType\":\"text/plain\"}}]},"
                + "{\"parts\":[{\"text\":\"hm\",\"thought\":true},{\"text\":\"say\"},"
                + "{\"functionCall\":{\"name\":\"f\",\"args\":{\"q\":\"arg\"}}}],\"role\":\"model\"},"
                + "{\"role\":\"user\",\"parts\":[{\"functionResponse\":{\"name\":\"f\",\"response\":{\"r\":\"res\"}}}]}],"
                + "\"tools\":[{\"googleSearch\":{}},{\"functionDeclarations\":[{\"name\":\"f\",\"description\":\"does\"}]}]}";

        // when it is read
        Content read = content(GENERATE, body);

        // then nothing is left out
        assertThat(texts(read))
                .contains(
                        "System /systemInstruction/parts/0/text sys",
                        "User /contents/0/parts/0/text ask",
                        "Thought /contents/1/parts/0/text hm",
                        "Model /contents/1/parts/1/text say",
                        "ToolArguments /contents/1/parts/2/functionCall/args/q arg",
                        "ToolResult /contents/2/parts/0/functionResponse/response/r res",
                        "System /tools/1/functionDeclarations/0/description does");
        assertThat(read.parts())
                .hasAtLeastOneElementOfType(Part.Inline.class)
                .anySatisfy(part -> assertThat(part)
                        .isEqualTo(new Part.File("/contents/0/parts/2/fileData/fileUri", "gs://b/o", "text/plain")));
        assertThat(read.tools())
                .containsExactly(
                        new ToolUse("/tools/0/googleSearch", "googleSearch"),
                        new ToolUse("/tools/1/functionDeclarations", "functions"));
    }

    @Test
    void snakeCaseMeansTheSame() throws Exception {
        // given the spelling that Google's JSON takes as well
        Content read = content(
                GENERATE,
                "{\"system_instruction\":{\"parts\":[{\"text\":\"s\"}]},\"contents\":[{\"parts\":[{\"file_data\":"
                        + "{\"file_uri\":\"gs://b/o\",\"mime_type\":\"a/b\"}},{\"inline_data\":{\"mime_type\":\"c/d\",\"data\":\"AA==\"}}]}],"
                        + "\"generation_config\":{\"max_output_tokens\":\"12\",\"candidate_count\":2,\"temperature\":\"0.25\"},"
                        + "\"cached_content\":\"projects/p/cachedContents/1\",\"safety_settings\":[{}],\"tools\":[{\"google_search\":{}}]}");

        // then it is read alike, quoted numbers included
        assertThat(texts(read)).contains("System /system_instruction/parts/0/text s");
        assertThat(read.parts()).contains(new Part.File("/contents/0/parts/0/file_data/file_uri", "gs://b/o", "a/b"));
        assertThat(read.parts())
                .anySatisfy(part -> assertThat(part)
                        .isInstanceOfSatisfying(
                                Part.Inline.class,
                                inline -> assertThat(inline.mimeType()).isEqualTo("c/d")));
        Generation generation = read.generation();
        assertThat(generation.maxOutputTokens()).hasValue(12);
        assertThat(generation.candidates()).isEqualTo(2);
        assertThat(generation.temperature()).hasValue(0.25);
        assertThat(generation.cachedContent()).contains("/cached_content");
        assertThat(generation.safetySettings()).contains("/safety_settings");
        assertThat(read.tools()).containsExactly(new ToolUse("/tools/0/google_search", "googleSearch"));
    }

    @Test
    void bothSpellingsOfOneMemberAreADuplicate() {
        assertThatThrownBy(() -> content(
                        GENERATE,
                        "{\"contents\":[{}],\"generationConfig\":{\"maxOutputTokens\":1,\"max_output_tokens\":9000}}"))
                .isInstanceOfSatisfying(
                        RefusedException.class,
                        refused -> assertThat(refused.refusal().code()).isEqualTo(ErrorCode.BODY_MALFORMED));
    }

    @ParameterizedTest
    @ValueSource(strings = {"publishers/google/models/gemini-2.5-pro", "models/gemini-2.5-flash", "gemini-2.5-flash"})
    void aBodyNamesNoOtherModelThanItsPath(String model) {
        assertThatThrownBy(() -> content(GENERATE, "{\"contents\":[{}],\"model\":\"" + model + "\"}"))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("BODY_INVALID");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"contents\":[1]}|{\"generationConfig\":{\"maxOutputTokens\":9},\"contents\":[1]}",
                "{\"contents\":[1],\"generationConfig\":{}}|{\"contents\":[1],\"generationConfig\":{\"maxOutputTokens\":9}}",
                "{\"contents\":[1],\"generationConfig\":null}|{\"contents\":[1],\"generationConfig\":{\"maxOutputTokens\":9}}",
                "{\"generation_config\":{\"topK\":1},\"contents\":[1]}|{\"generation_config\":{\"maxOutputTokens\":9,\"topK\":1},\"contents\":[1]}",
                "{\"ü\":\"ä\",\"generationConfig\":{\"max_output_tokens\":\"10\"}}|{\"ü\":\"ä\",\"generationConfig\":{\"max_output_tokens\":9}}",
                "{\"generationConfig\":{\"maxOutputTokens\":8},\"contents\":[1]}|{\"generationConfig\":{\"maxOutputTokens\":8},\"contents\":[1]}",
            })
    void aCapIsPutInByOneEdit(String body, String capped) {
        assertThat(edited(body, Reads.extractor(GENERATE).capOutput(GENERATE, Reads.bytes(body), 9)))
                .isEqualTo(capped);
    }

    @Test
    void countingAndEmbeddingHaveTheirOwnBodies() throws Exception {
        Route embed = publisher(Operation.EMBED_CONTENT, "google", "text-embedding-005");
        assertThat(texts(content(embed, "{\"content\":{\"parts\":[{\"text\":\"e\"}]}}")))
                .containsExactly("User /content/parts/0/text e");
        Route count = publisher(Operation.COUNT_TOKENS, "google", "gemini-2.5-flash");
        assertThat(texts(content(count, "{\"instances\":[{\"prompt\":\"p\"}]}")))
                .contains("Data /instances/0/prompt p");
    }

    @Test
    void answersSayTextsUsageAndEnd() {
        Route stream = publisher(Operation.STREAM_GENERATE_CONTENT, "google", "gemini-2.5-flash");
        AnswerFrame open = Reads.answer(
                stream, "{\"candidates\":[{\"content\":{\"role\":\"model\",\"parts\":[{\"text\":\"Hel\"}]}}]}");
        assertThat(open.end()).isEqualTo(End.OPEN);
        assertThat(open.deltas().getFirst().text().text()).isEqualTo("Hel");

        AnswerFrame last = Reads.answer(
                stream,
                "{\"candidates\":[{\"index\":1,\"content\":{\"parts\":[{\"functionCall\":{\"name\":\"f\",\"args\":{}}}]},"
                        + "\"finishReason\":\"STOP\"}],\"usageMetadata\":{\"promptTokenCount\":3,\"totalTokenCount\":9}}");
        assertThat(last.end()).isEqualTo(End.COMPLETE);
        assertThat(last.tools()).isTrue();
        assertThat(last.usage().orElseThrow().total()).hasValue(9);

        assertThat(Reads.answer(stream, "{\"candidates\":[{\"finishReason\":\"SAFETY\"}]}")
                        .end())
                .isEqualTo(End.PARTIAL);
        assertThat(Reads.answer(stream, "{\"promptFeedback\":{\"blockReason\":\"OTHER\"}}")
                        .end())
                .isEqualTo(End.PARTIAL);
        assertThat(Reads.answer(stream, "{\"error\":{\"code\":503}}").end()).isEqualTo(End.ERROR);
    }
}
