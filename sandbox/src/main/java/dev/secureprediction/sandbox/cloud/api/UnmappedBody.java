package dev.secureprediction.sandbox.cloud.api;

import com.linecorp.armeria.common.AggregatedHttpRequest;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.ServiceRequestContext;
import com.linecorp.armeria.server.SimpleDecoratingHttpService;
import dev.secureprediction.sandbox.cloud.error.GoogleErrors;

/** Methods whose route maps no body take their fields from the query; Google refuses a body there, and so does this. */
final class UnmappedBody extends SimpleDecoratingHttpService {

    private UnmappedBody(HttpService delegate) {
        super(delegate);
    }

    static HttpService refuse(HttpService delegate) {
        return new UnmappedBody(delegate);
    }

    @Override
    public HttpResponse serve(ServiceRequestContext ctx, HttpRequest request) throws Exception {
        boolean unmapped = ctx.path().endsWith(":getIamPolicy") || ctx.path().endsWith(":testIamPermissions");
        return unmapped
                ? HttpResponse.of(request.aggregate().thenApply(whole -> checked(ctx, whole)))
                : unwrap().serve(ctx, request);
    }

    private HttpResponse checked(ServiceRequestContext ctx, AggregatedHttpRequest request) {
        String body = request.contentUtf8().strip();
        if (!body.isEmpty() && !body.equals("{}")) {
            return GoogleJson.error(GoogleErrors.invalid(
                    "Invalid JSON payload received. Unknown name \"\": Root element must be a message."));
        }
        try {
            return unwrap().serve(ctx, request.toHttpRequest());
        } catch (Exception e) {
            return HttpResponse.ofFailure(e);
        }
    }
}
