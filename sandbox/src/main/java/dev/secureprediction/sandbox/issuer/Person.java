package dev.secureprediction.sandbox.issuer;

import java.util.List;

/**
 * Somebody who can have a token.
 *
 * @param username an e-mail address; the `sub` claim
 * @param groups the `groups` claim
 */
public record Person(String username, List<String> groups) {

    public Person {
        groups = List.copyOf(groups);
    }

    /** An analyst and a scientist of every environment, and a guest in no group. */
    public static List<Person> sandboxPeople() {
        return List.of(
                new Person(
                        "analyst@example.com",
                        List.of("ml-analysts-qa", "ml-analysts-staging", "ml-analysts-production")),
                new Person(
                        "scientist@example.com",
                        List.of("ml-scientists-qa", "ml-scientists-staging", "ml-scientists-production")),
                new Person("guest@example.com", List.of()));
    }
}
