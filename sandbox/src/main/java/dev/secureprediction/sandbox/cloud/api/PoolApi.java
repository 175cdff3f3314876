package dev.secureprediction.sandbox.cloud.api;

import com.linecorp.armeria.common.AggregatedHttpRequest;
import com.linecorp.armeria.common.HttpMethod;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.server.ServiceRequestContext;
import com.nimbusds.jose.util.JSONObjectUtils;
import dev.secureprediction.sandbox.cloud.CloudState;
import dev.secureprediction.sandbox.cloud.error.GoogleErrors;
import dev.secureprediction.sandbox.cloud.iam.WorkloadPools;
import dev.secureprediction.sandbox.cloud.observe.Calls;
import dev.secureprediction.sandbox.cloud.observe.Faults;
import java.text.ParseException;
import java.util.Map;

/** Workload identity pools and providers over REST, as gcloud sets them up; operations end at once. */
final class PoolApi extends HandWritten {
    static final String PATH =
            "regex:^/v1/projects/[^/]+/locations/global/workloadIdentityPools" + "(/[^/]+(/providers(/[^/]+)?)?)?$";

    PoolApi(CloudState state, Faults faults, Calls calls) {
        super("google.iam.v1.WorkloadIdentityPools", state, faults, calls);
    }

    @Override
    HttpResponse answer(ServiceRequestContext ctx, AggregatedHttpRequest request, Trace trace) {
        String name = ctx.path().substring("/v1/".length());
        boolean provider = name.contains("/providers");
        boolean collection = name.endsWith("/workloadIdentityPools") || name.endsWith("/providers");
        String kind = provider ? "workloadIdentityPoolProviders" : "workloadIdentityPools";
        trace.about(name);
        var caller = state().identity().authenticate(Caller.authorization(request.headers()));
        trace.caller(caller.member());
        String verb = verb(request.method(), collection);
        state().access()
                .require(caller, "iam." + kind + "." + verb, state().projects().of(name));
        WorkloadPools pools = state().identity().workloadPools();
        return switch (verb) {
            case "create" -> {
                trace.mutates();
                String id = ctx.queryParams()
                        .get(provider ? "workloadIdentityPoolProviderId" : "workloadIdentityPoolId", "");
                yield done(pools.create(name, id, body(request)));
            }
            case "delete" -> {
                trace.mutates();
                yield done(pools.delete(name));
            }
            case "list" -> json(Map.of(kind, pools.list(name)));
            default -> json(pools.get(name));
        };
    }

    private static String verb(HttpMethod method, boolean collection) {
        return switch (method) {
            case GET -> collection ? "list" : "get";
            case POST -> "create";
            case DELETE -> "delete";
            default -> throw GoogleErrors.invalid("The sandbox does not implement " + method + " of workload pools.");
        };
    }

    private static HttpResponse done(Map<String, Object> resource) {
        return json(Map.of("name", resource.get("name") + "/operations/done", "done", true, "response", resource));
    }

    private static HttpResponse json(Map<String, Object> body) {
        return HttpResponse.of(HttpStatus.OK, MediaType.JSON_UTF_8, JSONObjectUtils.toJSONString(body));
    }

    private static Map<String, Object> body(AggregatedHttpRequest request) {
        try {
            return JSONObjectUtils.parse(request.contentUtf8());
        } catch (ParseException e) {
            throw GoogleErrors.invalid("Invalid JSON payload received.");
        }
    }
}
