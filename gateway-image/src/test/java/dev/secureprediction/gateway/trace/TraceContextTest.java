package dev.secureprediction.gateway.trace;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The header `traceparent`. */
final class TraceContextTest {
    private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
    private static final String SPAN = "00f067aa0ba902b7";

    @Test
    void aTraceGoesOnWithSpansOfItsOwn() {
        TraceContext trace =
                TraceContext.from("00-" + TRACE + "-" + SPAN + "-01").orElseThrow();

        assertThat(trace.traceId()).isEqualTo(TRACE);
        assertThat(trace.parentId()).contains(SPAN);
        assertThat(trace.sampled()).isTrue();
        assertThat(trace.spanId()).matches("[0-9a-f]{16}").isNotEqualTo(SPAN).isNotEqualTo(trace.upstreamSpanId());
        assertThat(trace.traceparent()).isEqualTo("00-" + TRACE + "-" + trace.upstreamSpanId() + "-01");
    }

    @Test
    void aLaterVersionIsReadAsFarAsItIsKnown() {
        assertThat(TraceContext.from("cc-" + TRACE + "-" + SPAN + "-00-what the future brings"))
                .hasValueSatisfying(trace -> assertThat(trace.sampled()).isFalse());
    }

    @Test
    void aTraceThatBeginsHereIsSound() {
        TraceContext trace = TraceContext.begin();

        assertThat(trace.traceId()).matches("[0-9a-f]{32}");
        assertThat(TraceContext.from(trace.traceparent())).isPresent();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "00",
                "00-" + TRACE + "-" + SPAN,
                "00-" + TRACE + "-" + SPAN + "-01-more",
                "ff-" + TRACE + "-" + SPAN + "-01",
                "00-00000000000000000000000000000000-" + SPAN + "-01",
                "00-" + TRACE + "-0000000000000000-01",
                "00-4BF92F3577B34DA6A3CE929D0E0E4736-" + SPAN + "-01",
                "00-" + TRACE + "-" + SPAN + "-0g"
            })
    void whatIsNoneIsPassedOver(String header) {
        assertThat(TraceContext.from(header)).isEmpty();
    }
}
