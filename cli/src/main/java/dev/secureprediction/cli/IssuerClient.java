package dev.secureprediction.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.linecorp.armeria.client.ClientFactory;
import com.linecorp.armeria.client.WebClient;
import com.linecorp.armeria.common.AggregatedHttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.common.QueryParams;
import dev.secureprediction.sandbox.RunningSandbox;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;

/** The token endpoint of a running sandbox's issuer. */
final class IssuerClient {

    private final RunningSandbox sandbox;

    private IssuerClient(RunningSandbox sandbox) {
        this.sandbox = sandbox;
    }

    static IssuerClient of(RunningSandbox sandbox) {
        return new IssuerClient(sandbox);
    }

    /**
     * A token of one of the issuer's people.
     *
     * @throws IllegalArgumentException when the issuer knows no such person or audience; the message is the issuer's
     */
    String token(String user, String audience) {
        URI endpoint = URI.create(sandbox.issuer() + "/v1/token");
        QueryParams form = QueryParams.of("grant_type", "urn:sandbox:user", "username", user, "audience", audience);
        try (ClientFactory factory = ClientFactory.builder()
                .tlsCustomizer(tls -> tls.trustManager(sandbox.authority().toFile()))
                .build()) {
            AggregatedHttpResponse response = WebClient.builder(endpoint)
                    .factory(factory)
                    .build()
                    .prepare()
                    .post("")
                    .content(MediaType.FORM_DATA, form.toQueryString())
                    .execute()
                    .aggregate()
                    .join();
            JsonNode answer = new ObjectMapper().readTree(response.contentUtf8());
            if (!response.status().equals(HttpStatus.OK)) {
                throw new IllegalArgumentException(
                        answer.path("error_description").asText("the issuer refused"));
            }
            return answer.path("access_token").asText();
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
    }
}
