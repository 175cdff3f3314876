package dev.secureprediction.gateway.fuzz;

import dev.secureprediction.gateway.address.Cidr;
import dev.secureprediction.gateway.answer.Framing;
import dev.secureprediction.gateway.trace.TraceContext;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** A short run over every target with inputs changed at random; `-Pfuzz` gives them to Jazzer. */
final class ParserFuzzTest {

    private static String text(byte[] input) {
        return new String(input, StandardCharsets.ISO_8859_1);
    }

    @TestFactory
    Stream<DynamicTest> targets() {
        return Targets.ALL.stream()
                .map(target -> DynamicTest.dynamicTest(
                        target.name(), () -> Mutations.of(target.corpus()).feed(target.parser())));
    }

    @Test
    void tracesAndAddresses() {
        Mutations.of(
                        "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
                        "10.0.0.0/8",
                        "2001:db8::/32",
                        "::ffff:10.0.0.1/96")
                .feed(input -> {
                    TraceContext.from(text(input));
                    Cidr.parse(text(input));
                    Cidr.address(text(input));
                });
    }

    @Test
    void kindsOfAnswers() {
        Mutations.of("text/event-stream; charset=utf-8", "application/json").feed(input -> {
            Framing.of(text(input), true);
            Framing.of(text(input), false);
        });
    }
}
