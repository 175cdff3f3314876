package dev.secureprediction.sandbox.cloud.prediction;

import com.google.cloud.aiplatform.v1.Endpoint;
import com.google.protobuf.ByteString;
import com.google.rpc.Code;
import com.linecorp.armeria.common.AggregatedHttpRequest;
import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.server.ServerBuilder;
import com.linecorp.armeria.server.ServiceRequestContext;
import dev.secureprediction.sandbox.cloud.CloudState;
import dev.secureprediction.sandbox.cloud.api.GoogleJson;
import dev.secureprediction.sandbox.cloud.error.GoogleErrors;
import dev.secureprediction.sandbox.cloud.iam.Principal;
import dev.secureprediction.sandbox.cloud.observe.Call;
import dev.secureprediction.sandbox.cloud.observe.Calls;
import dev.secureprediction.sandbox.cloud.observe.Faults;
import dev.secureprediction.sandbox.cloud.observe.PredictionFault;
import dev.secureprediction.sandbox.cloud.observe.Quota;
import io.grpc.StatusRuntimeException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** Predictions over REST, of endpoints and of publisher models. */
public final class PredictionApi {
    private final CloudState state;
    private final Faults faults;
    private final Calls calls;
    private final Predictions predictions;
    private final AtomicInteger deployedCalls = new AtomicInteger();

    private PredictionApi(CloudState state, Faults faults, Calls calls, Predictions predictions) {
        this.state = state;
        this.faults = faults;
        this.calls = calls;
        this.predictions = predictions;
    }

    /** Adds the routes of predictions to a server. */
    public static void addTo(
            ServerBuilder server, CloudState state, Faults faults, Calls calls, Predictions predictions) {
        var api = new PredictionApi(state, faults, calls, predictions);
        server.service(
                PredictionRoute.PATHS,
                (ctx, request) -> HttpResponse.of(request.aggregate()
                        .thenApplyAsync(whole -> api.answer(ctx, whole), ctx.blockingTaskExecutor())));
    }

    private HttpResponse answer(ServiceRequestContext ctx, AggregatedHttpRequest request) {
        PredictionRoute route = PredictionRoute.of(ctx.path());
        String caller = "";
        Code code = Code.OK;
        try {
            Principal principal = authenticate(request);
            caller = principal.member();
            admit(principal, route);
            Thread.sleep(faults.latencyOf(route.method()));
            record(principal, request);
            Optional<PredictionFault> fault = faults.takePredictionFault();
            if (fault.isPresent() && fault.get() instanceof PredictionFault.Refuse refuse) {
                throw refusal(refuse);
            }
            Reply reply = reply(route, request, ctx);
            return new ReplyWriter(ctx, predictions.interval(), fault).write(reply);
        } catch (StatusRuntimeException e) {
            code = Code.forNumber(e.getStatus().getCode().value());
            return GoogleJson.error(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            code = Code.UNAVAILABLE;
            return HttpResponse.of(503);
        } finally {
            calls.record(new Call(state.clock().instant(), route.method(), caller, route.resource(), false, code));
        }
    }

    private Principal authenticate(AggregatedHttpRequest request) {
        List<String> values = request.headers().getAll(HttpHeaderNames.AUTHORIZATION);
        return state.identity().authenticate(values.size() == 1 ? values.getFirst() : "");
    }

    private void admit(Principal principal, PredictionRoute route) {
        state.access().require(principal, "aiplatform.endpoints.predict", route.resource());
        faults.spend(Quota.PREDICTIONS, state.projects().of(route.resource()));
        faults.strike(route.method());
    }

    private void record(Principal principal, AggregatedHttpRequest request) {
        Map<String, List<String>> headers = new LinkedHashMap<>();
        request.headers()
                .names()
                .forEach(name -> headers.put(name.toString(), request.headers().getAll(name)));
        predictions.record(new ReceivedPrediction(
                state.clock().instant(),
                principal.member(),
                request.path(),
                headers,
                ByteString.copyFrom(request.content().array())));
    }

    private Reply reply(PredictionRoute route, AggregatedHttpRequest request, ServiceRequestContext ctx) {
        if (route.verb().equals("chatCompletions")) {
            return chat(route, request);
        }
        return route.publisherModel().isPresent()
                ? published(route, route.publisherModel().get(), request, ctx)
                : deployed(route, request);
    }

    private Reply chat(PredictionRoute route, AggregatedHttpRequest request) {
        var body = Json.object(request.content().array());
        OpenAiChatModel model = OpenAiChatModel.of(body);
        requireServed(model.publisherModel(), route);
        return model.complete(body, predictions.chunks());
    }

    private void requireServed(String model, PredictionRoute route) {
        if (!state.serves(model)) {
            throw GoogleErrors.notFound("Publisher Model `" + route.resource()
                    + "` was not found or your project does not have access to it. Please ensure you are using a valid"
                    + " model version.");
        }
    }

    private Reply published(
            PredictionRoute route, String model, AggregatedHttpRequest request, ServiceRequestContext ctx) {
        boolean counting = model.equals("publishers/anthropic/models/count-tokens");
        if (!counting) {
            requireServed(model, route);
        }
        var body = Json.object(request.content().array());
        var anthropic = new AnthropicModel(route.lastName());
        var gemini = new GeminiModel(route.lastName());
        boolean messages = model.startsWith("publishers/anthropic/");
        return switch (route.verb()) {
            case "rawPredict" -> messages ? anthropic.message(body) : gemini.generate(body);
            case "streamRawPredict" ->
                messages
                        ? anthropic.stream(body, predictions.chunks())
                        : gemini.stream(body, predictions.chunks(), true);
            case "generateContent" -> gemini.generate(body);
            case "streamGenerateContent" -> gemini.stream(body, predictions.chunks(), events(ctx));
            case "countTokens" -> gemini.count(body);
            case "embedContent" -> gemini.embedContent(body);
            case "predict" -> gemini.embed(body);
            default -> throw unsupported(route);
        };
    }

    private Reply deployed(PredictionRoute route, AggregatedHttpRequest request) {
        Endpoint endpoint = state.endpoints().get(route.resource());
        byte[] body = request.content().array();
        var model = DeployedModelAnswers.of(endpoint, deployedCalls.getAndIncrement());
        faults.strike(model.faultName());
        return switch (route.verb()) {
            case "predict" -> model.predict(Json.object(body));
            case "rawPredict" -> model.raw(body);
            case "streamRawPredict" -> model.streamRaw(body, predictions.chunks());
            case "serverStreamingPredict" -> model.stream(Json.object(body), predictions.chunks());
            default -> throw unsupported(route);
        };
    }

    /** `alt=sse`, also as `$alt` and with an encoding behind a semicolon. */
    private static boolean events(ServiceRequestContext ctx) {
        return ctx.queryParams().getAll("alt").contains("sse")
                || ctx.queryParams().getAll("$alt").stream().anyMatch(alt -> alt.startsWith("sse"));
    }

    private static StatusRuntimeException refusal(PredictionFault.Refuse refuse) {
        return refuse.retryAfter()
                .map(delay -> GoogleErrors.retryable(refuse.code(), refuse.message(), delay))
                .orElseGet(() -> GoogleErrors.of(refuse.code(), refuse.message()));
    }

    private static StatusRuntimeException unsupported(PredictionRoute route) {
        return GoogleErrors.of(
                Code.UNIMPLEMENTED, "The model " + route.lastName() + " does not support " + route.verb() + ".");
    }
}
