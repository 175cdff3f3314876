package dev.secureprediction.policy.model;

/**
 * Where calls of a role go instead of to the bundle's upstream; project and credential stay.
 *
 * @param authority `host` or `host:port`; https always
 * @param location region, or `global`
 * @param model the model
 */
public record RoleRoute(String authority, String location, Model model) {}
