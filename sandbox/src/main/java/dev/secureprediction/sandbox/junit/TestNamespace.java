package dev.secureprediction.sandbox.junit;

/**
 * A namespace that only one test class uses.
 *
 * @param name made from the class's name
 */
public record TestNamespace(String name) {

    @Override
    public String toString() {
        return name;
    }
}
