package dev.secureprediction.sandbox.junit;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * A test class on a sandbox, one for all classes of a run. Constructor and methods may have parameters of type {@link
 * dev.secureprediction.sandbox.Sandbox} and {@link TestNamespace}.
 *
 * <p>Images come from the system property {@code sandbox.images}: folders with an {@code image.json}, separated as a class path is.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(SandboxExtension.class)
public @interface SandboxTest {}
