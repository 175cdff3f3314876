package dev.secureprediction.sandbox.cloud.api;

import com.linecorp.armeria.common.AggregatedHttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.server.ServiceRequestContext;
import com.nimbusds.jose.util.JSONObjectUtils;
import dev.secureprediction.sandbox.cloud.CloudState;
import dev.secureprediction.sandbox.cloud.error.GoogleErrors;
import dev.secureprediction.sandbox.cloud.observe.Calls;
import dev.secureprediction.sandbox.cloud.observe.Faults;
import java.util.Map;

/** Resource Manager v1, `GET /v1/projects/P`: what `gcloud projects describe` asks. */
final class ProjectV1Api extends HandWritten {
    static final String PATH = "regex:^/v1/projects/[^/:]+$";

    ProjectV1Api(CloudState state, Faults faults, Calls calls) {
        super("google.cloud.resourcemanager.v1.Projects/GetProject", state, faults, calls);
    }

    @Override
    HttpResponse answer(ServiceRequestContext ctx, AggregatedHttpRequest request, Trace trace) {
        String name = ctx.path().substring("/v1/".length());
        trace.about(name);
        var caller = state().identity().authenticate(Caller.authorization(request.headers()));
        trace.caller(caller.member());
        state().access().require(caller, "resourcemanager.projects.get", name);
        String id = state().projects().withId(name).substring("projects/".length());
        String number = state().projects()
                .number(id)
                .orElseThrow(() -> GoogleErrors.denied("resourcemanager.projects.get", name));
        return HttpResponse.of(
                HttpStatus.OK,
                MediaType.JSON_UTF_8,
                JSONObjectUtils.toJSONString(
                        Map.of("projectNumber", number, "projectId", id, "name", id, "lifecycleState", "ACTIVE")));
    }
}
