package dev.secureprediction.operator.cloud.google;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.auth.Credentials;
import com.google.iam.v1.Policy;
import com.google.iam.v1.SetIamPolicyRequest;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.util.JsonFormat;
import com.google.rpc.Code;
import com.google.rpc.ErrorInfo;
import com.google.rpc.RetryInfo;
import dev.secureprediction.operator.cloud.CloudException;
import dev.secureprediction.operator.cloud.CloudScope;
import io.micrometer.core.instrument.Timer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;

/**
 * IAM policies of Vertex AI endpoints. Over REST, as only v1beta1 has a route for them and v1beta1's messages would
 * double the size of the client.
 */
final class EndpointPolicies {

    private static final Duration TIMEOUT = Duration.ofSeconds(30);
    private static final int OK = 200;

    private final CloudScope scope;
    private final HttpClient http;
    private final Credentials credentials;
    private final CallMetrics metrics;
    private final String base;
    private final ObjectMapper json = new ObjectMapper();

    EndpointPolicies(
            CloudScope scope, HttpClient http, Credentials credentials, String authority, CallMetrics metrics) {
        this.scope = scope;
        this.http = http;
        this.credentials = credentials;
        this.metrics = metrics;
        this.base = "https://" + authority + "/v1beta1/";
    }

    /** The policy of one endpoint, by its full resource name. */
    PolicyStore of(String endpoint) {
        return new PolicyStore() {
            @Override
            public Policy read() {
                return post(endpoint, ":getIamPolicy?options.requestedPolicyVersion=3", "");
            }

            @Override
            public void write(Policy policy) {
                SetIamPolicyRequest request =
                        SetIamPolicyRequest.newBuilder().setPolicy(policy).build();
                try {
                    post(endpoint, ":setIamPolicy", JsonFormat.printer().print(request));
                } catch (InvalidProtocolBufferException e) {
                    throw new IllegalStateException("a policy that was read can be written", e);
                }
            }
        };
    }

    private Policy post(String endpoint, String verb, String body) {
        Timer.Sample sample = metrics.begin();
        Code code = Code.UNAVAILABLE;
        HttpResponse<String> response;
        try {
            response = send(endpoint, verb, body);
            code = response.statusCode() == OK ? Code.OK : failure(response).code();
        } finally {
            metrics.end(sample, "EndpointService." + verb.substring(1).split("\\?", 2)[0], code);
        }
        if (code != Code.OK) {
            throw failure(response).toException(endpoint);
        }
        return parse(response.body(), Policy.newBuilder())
                .orElseThrow(() ->
                        new CloudException.Unavailable(endpoint + ": its IAM policy is not readable", Optional.empty()))
                .build();
    }

    private HttpResponse<String> send(String endpoint, String verb, String body) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(base + endpoint + verb))
                .timeout(TIMEOUT)
                .header("content-type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body));
        try {
            credentials
                    .getRequestMetadata(URI.create(base))
                    .forEach((name, values) -> values.forEach(value -> request.header(name, value)));
        } catch (IOException e) {
            throw GoogleErrors.ofCredentials(e, scope);
        }
        try {
            return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new CloudException.Unavailable(endpoint + ": no answer about its IAM policy", Optional.empty());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CloudException.Unavailable(endpoint + ": interrupted", Optional.empty());
        }
    }

    // {"error": {"code", "message", "status", "details": [{"@type", …}]}}, AIP-193
    private Failure failure(HttpResponse<String> response) {
        JsonNode error;
        try {
            error = json.readTree(response.body()).path("error");
        } catch (JsonProcessingException e) {
            error = json.missingNode();
        }
        Optional<ErrorInfo> info = Optional.empty();
        Optional<RetryInfo> retry = Optional.empty();
        for (JsonNode detail : error.path("details")) {
            switch (detail.path("@type").asText()) {
                case "type.googleapis.com/google.rpc.ErrorInfo" ->
                    info = parse(detail.toString(), ErrorInfo.newBuilder()).map(ErrorInfo.Builder::build);
                case "type.googleapis.com/google.rpc.RetryInfo" ->
                    retry = parse(detail.toString(), RetryInfo.newBuilder()).map(RetryInfo.Builder::build);
                default -> {}
            }
        }
        return new Failure(
                code(error.path("status").asText(), response.statusCode()),
                error.path("message").asText(),
                info,
                retry);
    }

    private static Code code(String status, int http) {
        for (Code code : Code.values()) {
            if (code.name().equals(status)) {
                return code;
            }
        }
        return switch (http) {
            case 400 -> Code.INVALID_ARGUMENT;
            case 401 -> Code.UNAUTHENTICATED;
            case 403 -> Code.PERMISSION_DENIED;
            case 404 -> Code.NOT_FOUND;
            case 409 -> Code.ABORTED;
            case 429 -> Code.RESOURCE_EXHAUSTED;
            default -> Code.UNAVAILABLE;
        };
    }

    private static <B extends Message.Builder> Optional<B> parse(String text, B into) {
        try {
            JsonFormat.parser().ignoringUnknownFields().merge(text, into);
            return Optional.of(into);
        } catch (InvalidProtocolBufferException e) {
            return Optional.empty();
        }
    }
}
