package dev.secureprediction.sandbox.cloud.prediction;

import com.google.rpc.Code;
import com.linecorp.armeria.common.AggregatedHttpRequest;
import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.server.ServerBuilder;
import dev.secureprediction.sandbox.cloud.CloudState;
import dev.secureprediction.sandbox.cloud.api.GoogleJson;
import dev.secureprediction.sandbox.cloud.iam.Principal;
import dev.secureprediction.sandbox.cloud.observe.Call;
import dev.secureprediction.sandbox.cloud.observe.Calls;
import io.grpc.StatusRuntimeException;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Model Armor over REST. Every template exists, and matches texts that ask to ignore instructions or hold `FORBIDDEN`. */
public final class ModelArmorApi {
    private static final Pattern PATH = Pattern.compile(
            "/v1/(?<template>(?<project>projects/[^/]+)/locations/[^/]+/templates/[^/:]+):(?<verb>sanitizeUserPrompt|sanitizeModelResponse)");
    private static final Pattern MATCHING = Pattern.compile("ignore (all |your )?previous instructions|FORBIDDEN");

    private final CloudState state;
    private final Calls calls;

    private ModelArmorApi(CloudState state, Calls calls) {
        this.state = state;
        this.calls = calls;
    }

    /** Adds the routes of Model Armor to a server. */
    public static void addTo(ServerBuilder server, CloudState state, Calls calls) {
        var api = new ModelArmorApi(state, calls);
        server.service(
                "regex:^" + PATH.pattern().replaceAll("\\(\\?<[a-z]+>", "(?:") + "$",
                (ctx, request) -> HttpResponse.of(
                        request.aggregate().thenApplyAsync(whole -> api.answer(whole), ctx.blockingTaskExecutor())));
    }

    private HttpResponse answer(AggregatedHttpRequest request) {
        Matcher path = PATH.matcher(request.path());
        if (!path.matches()) {
            return HttpResponse.of(404);
        }
        String verb = Character.toUpperCase(path.group("verb").charAt(0))
                + path.group("verb").substring(1);
        String caller = "";
        Code code = Code.OK;
        try {
            List<String> values = request.headers().getAll(HttpHeaderNames.AUTHORIZATION);
            Principal principal = state.identity().authenticate(values.size() == 1 ? values.getFirst() : "");
            caller = principal.member();
            state.access().require(principal, "modelarmor.templates.useTo" + verb, path.group("project"));
            return HttpResponse.of(
                    MediaType.JSON_UTF_8,
                    "{\"sanitizationResult\":{\"filterMatchState\":\""
                            + (MATCHING.matcher(request.contentUtf8()).find() ? "MATCH_FOUND" : "NO_MATCH_FOUND")
                            + "\",\"invocationResult\":\"SUCCESS\"}}");
        } catch (StatusRuntimeException e) {
            code = Code.forNumber(e.getStatus().getCode().value());
            return GoogleJson.error(e);
        } finally {
            calls.record(new Call(
                    state.clock().instant(),
                    "google.cloud.modelarmor.v1.ModelArmor/" + verb,
                    caller,
                    path.group("template"),
                    false,
                    code));
        }
    }
}
