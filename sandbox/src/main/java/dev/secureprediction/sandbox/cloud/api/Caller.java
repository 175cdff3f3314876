package dev.secureprediction.sandbox.cloud.api;

import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.RequestHeaders;
import dev.secureprediction.sandbox.cloud.iam.Principal;
import io.grpc.Context;

/** Who makes the call that is being served. */
final class Caller {
    static final Context.Key<Principal> KEY = Context.key("principal");

    private Caller() {}

    /** The caller of the gRPC call on this thread. */
    static Principal current() {
        return KEY.get();
    }

    /** The Authorization header; empty when absent or given twice. */
    static String authorization(RequestHeaders headers) {
        var values = headers.getAll(HttpHeaderNames.AUTHORIZATION);
        return values.size() == 1 ? values.get(0) : "";
    }
}
