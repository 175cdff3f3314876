package dev.secureprediction.sandbox.cloud.observe;

import com.google.rpc.Code;
import java.time.Instant;

/**
 * A call that was answered.
 *
 * @param time when the answer was ready
 * @param method full gRPC name, `google.cloud.aiplatform.v1.EndpointService/DeployModel`, over REST too
 * @param principal who called, as a policy names it; empty when the token stood for nobody
 * @param resource what it was about, as the caller named it; may be empty
 * @param mutating whether it would have changed anything
 * @param code how it ended
 */
public record Call(Instant time, String method, String principal, String resource, boolean mutating, Code code) {

    /** The method without its service: `DeployModel`. */
    public String simpleMethod() {
        return method.substring(method.lastIndexOf('/') + 1);
    }
}
