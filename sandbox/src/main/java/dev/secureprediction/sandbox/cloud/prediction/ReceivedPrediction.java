package dev.secureprediction.sandbox.cloud.prediction;

import com.google.protobuf.ByteString;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * A prediction as it arrived, so that a test can tell what a gateway sends on.
 *
 * @param principal who called, as a policy names it
 * @param path with the query
 * @param headers by lower case name
 * @param body as it came
 */
public record ReceivedPrediction(
        Instant time, String principal, String path, Map<String, List<String>> headers, ByteString body) {

    public ReceivedPrediction {
        headers = Map.copyOf(headers);
    }
}
