package dev.secureprediction.operator.api.v1alpha1.endpoint;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.secureprediction.operator.api.v1alpha1.ApiObject;
import dev.secureprediction.operator.api.v1alpha1.Defaults;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

/** Deadlines of calls to the model, in milliseconds. */
@ApiObject
@ValidationRule(
        value =
                "(has(self.connectMilliseconds) ? self.connectMilliseconds : 2000) <= (has(self.totalMilliseconds) ? self.totalMilliseconds : 600000)",
        message =
                "spec.contract.timeouts: connectMilliseconds (default 2000) is above totalMilliseconds (default 600000); lower it or raise totalMilliseconds")
@ValidationRule(
        value =
                "(has(self.firstByteMilliseconds) ? self.firstByteMilliseconds : 30000) <= (has(self.totalMilliseconds) ? self.totalMilliseconds : 600000)",
        message =
                "spec.contract.timeouts: firstByteMilliseconds (default 30000) is above totalMilliseconds (default 600000); lower it or raise totalMilliseconds")
@ValidationRule(
        value =
                "(has(self.idleMilliseconds) ? self.idleMilliseconds : 30000) <= (has(self.totalMilliseconds) ? self.totalMilliseconds : 600000)",
        message =
                "spec.contract.timeouts: idleMilliseconds (default 30000) is above totalMilliseconds (default 600000); lower it or raise totalMilliseconds")
public record Timeouts(
        @JsonPropertyDescription("Until the connection stands. Default: 2000.") @Nullable @Min(1) @Max(3600000)
        Integer connectMilliseconds,

        @JsonPropertyDescription("From the end of the request to the first byte of the answer. Default: 30000.")
        @Nullable
        @Min(1)
        @Max(3600000)
        Integer firstByteMilliseconds,

        @JsonPropertyDescription("Between two parts of an answer. Default: 30000.") @Nullable @Min(1) @Max(3600000)
        Integer idleMilliseconds,

        @JsonPropertyDescription("For the whole call. Default: 600000.") @Nullable @Min(1) @Max(3600000)
        Integer totalMilliseconds) {
    /** All defaults. */
    public static final Timeouts DEFAULT = new Timeouts(null, null, null, null);
    /** Until the connection stands, in milliseconds. */
    public int connectMillisecondsOrDefault() {
        return connectMilliseconds == null ? Defaults.CONNECT_MILLISECONDS : connectMilliseconds;
    }
    /** From the end of the request to the first byte of the answer, in milliseconds. */
    public int firstByteMillisecondsOrDefault() {
        return firstByteMilliseconds == null ? Defaults.FIRST_BYTE_MILLISECONDS : firstByteMilliseconds;
    }
    /** Between two parts of an answer, in milliseconds. */
    public int idleMillisecondsOrDefault() {
        return idleMilliseconds == null ? Defaults.IDLE_MILLISECONDS : idleMilliseconds;
    }
    /** For the whole call, in milliseconds. */
    public int totalMillisecondsOrDefault() {
        return totalMilliseconds == null ? Defaults.TOTAL_MILLISECONDS : totalMilliseconds;
    }
}
