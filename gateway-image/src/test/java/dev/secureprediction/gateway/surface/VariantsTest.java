package dev.secureprediction.gateway.surface;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.secureprediction.gateway.error.RefusedException;
import dev.secureprediction.gateway.route.Operation;
import dev.secureprediction.gateway.route.Route;
import dev.secureprediction.gateway.route.Target;
import dev.secureprediction.policy.model.Model;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What roles' rules go by is seen however a body spells it, and wherever it stands. */
final class VariantsTest {
    private static final Route GEMINI = Reads.publisher(Operation.GENERATE_CONTENT, "google", "gemini-2.5-flash");
    private static final Route CLAUDE = Reads.publisher(Operation.MESSAGES, "anthropic", "claude-sonnet-4-5");
    private static final Route CHAT = new Route(Operation.CHAT, new Target.Unnamed());
    private static final Route PREDICT = Reads.endpoint(Operation.PREDICT);
    private static final Model FLASH = new Model.Publisher("google", "gemini-2.5-flash");

    private static Content gemini(String members) throws RefusedException {
        return Reads.content(GEMINI, "{\"contents\":[{\"parts\":[{\"text\":\"x\"}]}]," + members + "}");
    }

    private static Content chat(String members) throws RefusedException {
        return Reads.content(
                CHAT, "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"x\"}]," + members + "}");
    }

    private static List<String> files(Content content) {
        return content.parts().stream()
                .filter(Part.File.class::isInstance)
                .map(part -> ((Part.File) part).uri())
                .toList();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"generation_config\":{\"max_output_tokens\":9}",
                "\"generationConfig\":{\"max_output_tokens\":\"9\"}",
                "\"generation\\u005fconfig\":{\"maxOutput\\u0054okens\":9.0}",
                "\"generation_config\":{\"maxOutputTokens\":0.9e1}",
            })
    void aCapIsSeenInEverySpelling(String members) throws RefusedException {
        assertThat(gemini(members).generation().maxOutputTokens()).hasValue(9);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"generation_Config\":{\"maxOutputTokens\":9}",
                "\"generationConfig\":{\"max_outputTokens\":9}",
                "\"generationConfig\":{\"max__output_tokens\":9}",
                "\"generationConfig\":{\"max_output_tokens_\":9}",
                "\"generationConfig\":{\"_max_output_tokens\":9}",
                "\"generationConfig\":{\"MAX_OUTPUT_TOKENS\":9}",
            })
    void whatIsNoSpellingIsNoCapSoThatTheRolesOwnIsPutIn(String members) throws RefusedException {
        String body = "{\"contents\":[{\"parts\":[{\"text\":\"x\"}]}]," + members + "}";
        assertThat(gemini(members).generation().maxOutputTokens()).isEmpty();
        String edited = Reads.edited(body, Reads.extractor(GEMINI).capOutput(GEMINI, Reads.bytes(body), 100));
        assertThat(edited).contains("\"maxOutputTokens\":100");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"generationConfig\":{\"maxOutputTokens\":\"\\u0669\"}",
                "\"generationConfig\":{\"maxOutputTokens\":\" 9\"}",
                "\"generationConfig\":{\"maxOutputTokens\":\"9f\"}",
                "\"generationConfig\":{\"maxOutputTokens\":-0}",
                "\"generationConfig\":{\"maxOutputTokens\":1e999}",
                "\"generationConfig\":{\"maxOutputTokens\":9.5}",
                "\"generationConfig\":{\"maxOutputTokens\":[9]}",
                "\"generationConfig\":{\"maxOutputTokens\":true}",
                "\"generationConfig\":{\"maxOutputTokens\":9},\"generation_config\":{}",
                "\"generationConfig\":[]",
                "\"tools\":{\"googleSearch\":{}}",
            })
    void whatCouldBeReadInTwoWaysIsRefused(String members) {
        assertThatThrownBy(() -> gemini(members)).isInstanceOf(RefusedException.class);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"tools\":[{\"google_search_retrieval\":{}}]|googleSearchRetrieval",
                "\"tools\":[{\"google\\u005fsearch\":{}}]|googleSearch",
                "\"tools\":[{},{\"url_context\":{}}]|urlContext",
                "\"tools\":[{\"function_declarations\":[]}]|functions",
                "\"tools\":[{\"enterpriseWebSearch\":{}}]|enterpriseWebSearch",
                "\"tools\":[{\"computer_use\":{}}]|computerUse",
            })
    void toolsAreSeenInEverySpelling(String members, String kind) throws RefusedException {
        assertThat(gemini(members).tools()).extracting(ToolUse::kind).containsExactly(kind);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"systemInstruction\":{\"parts\":{\"file_data\":{\"file_uri\":\"gs://a/b\"}}}",
                "\"system_instruction\":{\"parts\":[{\"functionResponse\":{\"parts\":[{\"fileData\":{\"fileUri\":\"gs://a/b\"}}]}}]}",
                "\"instances\":[{\"image\":{\"gcsUri\":\"gs://a/b\"}}]",
                "\"new_member\":{\"deep\":[\" gs://a/b\"]}",
                "\"new_member\":{\"file_uri\":\"https://a/b\"}",
                "\"systemInstruction\":{\"parts\":[{\"newPart\":{\"x\":\"GS://a/b\"}}]}",
            })
    void filesAreSeenWhereverTheyStand(String members) throws RefusedException {
        assertThat(files(gemini(members))).hasSize(1);
    }

    @Test
    void aTextThatSpeaksOfAFileIsNone() throws RefusedException {
        assertThat(files(Reads.content(GEMINI, "{\"contents\":[{\"parts\":[{\"text\":\"gs://a/b\"}]}]}")))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"instances\":[\"gs://a/b\"]}",
                "{\"instances\":[\"\\tGs:\\/\\/a/b\"]}",
                "{\"instances\":[{\"image\":{\"gcs_uri\":\"http://169.254.169.254/\"}}]}",
                "{\"instances\":[{\"fileUri\":\"file:///etc/passwd\"}]}",
                "{\"instances\":[1],\"parameters\":{\"storageUri\":\"gs://out/\"}}",
            })
    void filesAreSeenInBodiesOfFreeForm(String body) throws RefusedException {
        assertThat(files(Reads.content(PREDICT, body))).hasSize(1);
        assertThat(files(Reads.extractor(PREDICT).outline(PREDICT, Reads.bytes(body))))
                .hasSize(1);
    }

    @Test
    void countsOfPredictionsAreSeenInQuotesToo() throws RefusedException {
        Generation generation = Reads.content(
                        PREDICT,
                        "{\"instances\":[1],\"parameters\":{\"sample_count\":\"8\",\"maxOutputTokens\":\"4096\"}}")
                .generation();
        assertThat(generation.candidates()).isEqualTo(8);
        assertThat(generation.maxOutputTokens()).hasValue(4096);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"google\":{\"tools\":[{\"googleSearch\":{}}]}",
                "\"google\":{\"generation_config\":{\"max_output_tokens\":9999}}",
                "\"extra_body\":{\"google\":{\"tool_config\":{}}}",
                "\"extra_body\":{\"tools\":[]}",
                "\"extra_body\":[]",
                "\"best_of\":2",
                "\"Tools\":[]",
                "\"prompt\":\"x\"",
            })
    void whatGooglesPathForChatsDoesNotDocumentIsRefusedByName(String members) {
        String body = "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"x\"}]," + members + "}";
        assertThatThrownBy(() ->
                        SurfaceRegistry.standard().module(CHAT.surface()).checkMappable(CHAT, FLASH, Reads.bytes(body)))
                .isInstanceOfSatisfying(
                        RefusedException.class,
                        e -> assertThat(e.refusal().violations().getFirst().field())
                                .startsWith("/"));
    }

    @Test
    void bothOldAndNewFunctionsAreFunctionsAndOtherTypesAreTools() throws RefusedException {
        assertThat(chat("\"functions\":[{\"name\":\"f\"}]").tools())
                .extracting(ToolUse::kind)
                .containsExactly("functions");
        assertThat(chat("\"tools\":[{\"type\":\"function\"},{\"type\":\"web_search\"},{\"type\":null}]")
                        .tools())
                .extracting(ToolUse::kind)
                .containsExactly("functions", "web_search", "functions");
        assertThat(chat("\"web_search_options\":{}").tools())
                .extracting(ToolUse::kind)
                .containsExactly("googleSearch");
        assertThatThrownBy(() -> chat("\"tools\":[{\"type\":5}]")).isInstanceOf(RefusedException.class);
        assertThatThrownBy(() -> chat("\"max_tokens\":1,\"max_completion_tokens\":99"))
                .isInstanceOf(RefusedException.class);
        assertThat(chat("\"n\":2,\"best_of\":7").generation().candidates()).isEqualTo(7);
    }

    @Test
    void placesInChatsAreFilesWhateverTheyAreCalled() throws RefusedException {
        for (String part : List.of(
                "{\"type\":\"image_url\",\"image_url\":\"gs://a/b\"}",
                "{\"type\":\"image_url\",\"image_url\":{\"url\":\"https://a/b\"}}",
                "{\"type\":\"input_audio\",\"input_audio\":{\"data\":\"gs://a/b\",\"format\":\"mp3\"}}",
                "{\"type\":\"file\",\"file\":{\"file_data\":\"gs://a/b\"}}",
                "{\"type\":\"file\",\"file\":{\"file_id\":\"f-1\"}}",
                "{\"type\":\"new\",\"new\":{\"gcs_uri\":\"x\"}}")) {
            assertThat(files(Reads.content(
                            CHAT, "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":[" + part + "]}]}")))
                    .as(part)
                    .hasSize(1);
        }
    }

    @Test
    void toolsOfTheServerAreSeenInMessages() throws RefusedException {
        String body = "{\"max_tokens\":9,\"messages\":[{\"role\":\"user\",\"content\":\"x\"}],%s}";
        for (String[] each : new String[][] {
            {"\"tools\":[{\"type\":\"web_search_20250305\",\"name\":\"w\"}]", "web_search"},
            {"\"tools\":[{\"type\":\"code_execution_20250825\"}]", "code_execution"},
            {"\"tools\":[{\"name\":\"f\",\"input_schema\":{}}]", "functions"},
            {"\"tools\":[{\"type\":\"custom\"}]", "functions"},
            {"\"tools\":[{\"type\":\"Custom\"}]", "Custom"},
            {"\"mcp_servers\":[{}]", "mcp_servers"},
            {"\"container\":\"c-1\"", "container"},
        }) {
            assertThat(Reads.content(CLAUDE, body.formatted(each[0])).tools())
                    .extracting(ToolUse::kind)
                    .containsExactly(each[1]);
        }
        assertThatThrownBy(() -> Reads.content(CLAUDE, body.formatted("\"tools\":[{\"type\":[\"custom\"]}]")))
                .isInstanceOf(RefusedException.class);
        assertThat(
                        files(
                                Reads.content(
                                        CLAUDE,
                                        "{\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":\"container_upload\",\"file_id\":\"f\"}]}]}")))
                .containsExactly("f");
    }

    @Test
    void aWishForTokensOneByOneIsSeen() throws RefusedException {
        assertThat(gemini("\"generation_config\":{\"response_logprobs\":true}")
                        .generation()
                        .logprobs())
                .contains("/generation_config/response_logprobs");
        assertThat(gemini("\"generationConfig\":{\"responseLogprobs\":false}")
                        .generation()
                        .logprobs())
                .isEmpty();
        assertThat(chat("\"logprobs\":true,\"top_logprobs\":5").generation().logprobs())
                .contains("/logprobs");
        assertThat(chat("\"logprobs\":null").generation().logprobs()).isEmpty();
    }

    @Test
    void anEmptyListOfSettingsChangesNothing() throws RefusedException {
        assertThat(gemini("\"safetySettings\":[]").generation().safetySettings())
                .isEmpty();
        assertThat(gemini("\"safety_settings\":null").generation().safetySettings())
                .isEmpty();
        assertThat(gemini("\"safety_settings\":[{}]").generation().safetySettings())
                .contains("/safety_settings");
        assertThat(chat("\"google\":{\"safety_settings\":[]}").generation().safetySettings())
                .isEmpty();
        assertThat(chat("\"google\":{\"safety_settings\":[{\"threshold\":\"OFF\"}],\"cached_content\":\"c\"}")
                        .generation())
                .satisfies(generation -> {
                    assertThat(generation.safetySettings()).contains("/google/safety_settings");
                    assertThat(generation.cachedContent()).contains("/google/cached_content");
                });
    }

    @Test
    void whatAnAnswerQuotesIsOneOfItsTexts() {
        AnswerFrame gemini = Reads.answer(
                GEMINI,
                "{\"candidates\":[{\"content\":{\"parts\":[{\"text\":\"a\"}]},\"groundingMetadata\":{\"webSearchQueries\":"
                        + "[\"b\"]},\"safetyRatings\":[{\"category\":\"c\"}]}]}");
        assertThat(gemini.deltas())
                .extracting(delta -> delta.text().text())
                .contains("a", "b")
                .doesNotContain("c");
        AnswerFrame claude = Reads.answer(
                CLAUDE, "{\"type\":\"content_block_delta\",\"delta\":{\"type\":\"new_delta\",\"new_text\":\"b\"}}");
        assertThat(claude.deltas()).extracting(delta -> delta.text().text()).contains("b");
    }
}
