package dev.secureprediction.sandbox.junit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.secureprediction.sandbox.Sandbox;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;

/** A test class asks for a sandbox by a parameter. */
@ExtendWith(SandboxExtensionIT.Last.class)
@SandboxTest
class SandboxExtensionIT {

    private static final AtomicInteger DONE = new AtomicInteger();

    private final Sandbox sandbox;

    SandboxExtensionIT(Sandbox sandbox) {
        this.sandbox = sandbox;
    }

    @Test
    void givesTheSameOneToMethodsAndANamespaceOfTheClass(Sandbox other, TestNamespace namespace) {
        assertThat(other).isSameAs(sandbox);
        assertThat(namespace.name()).isEqualTo("sandbox-extension-it");
        assertThat(sandbox.client().namespaces().withName(namespace.name()).get())
                .isNotNull();
    }

    @Test
    void whatIsToBeDoneAtLastIsDoneWhenAllIsOver() {
        // a failure of the one is none of the tests, and keeps nobody from the others
        SandboxExtension.atLast("failing", () -> {
            throw new IllegalStateException("as expected");
        });
        SandboxExtension.atLast("counting", DONE::incrementAndGet);
        SandboxExtension.atLast("counting", DONE::incrementAndGet);
    }

    @AfterAll
    static void notWithTheInnerClass() {
        assertThat(DONE).hasValue(0);
    }

    /** Registered first, so asked last. */
    static final class Last implements AfterAllCallback {

        @Override
        public void afterAll(ExtensionContext context) {
            assertThat(DONE).hasValue(context.getRequiredTestClass() == Inner.class ? 0 : 1);
        }
    }

    @Nested
    class Inner {

        @Test
        void sharesIt(Sandbox inner, TestNamespace namespace) {
            assertThat(inner).isSameAs(sandbox);
            assertThat(namespace.name()).isEqualTo("sandbox-extension-it");
        }
    }
}
