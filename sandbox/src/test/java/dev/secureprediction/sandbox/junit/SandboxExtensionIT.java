package dev.secureprediction.sandbox.junit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.secureprediction.sandbox.Sandbox;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** A test class asks for a sandbox by a parameter. */
@SandboxTest
class SandboxExtensionIT {

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

    @Nested
    class Inner {

        @Test
        void sharesIt(Sandbox inner, TestNamespace namespace) {
            assertThat(inner).isSameAs(sandbox);
            assertThat(namespace.name()).isEqualTo("sandbox-extension-it");
        }
    }
}
