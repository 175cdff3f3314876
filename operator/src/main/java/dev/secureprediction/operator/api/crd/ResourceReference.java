package dev.secureprediction.operator.api.crd;

import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The page `docs/reference/resources.md`: every field of every kind, from the definitions that a cluster gets. */
public final class ResourceReference {

    private static final String TITLE = """
            # Custom resources

            Generated from the classes in `dev.secureprediction.operator.api.v1alpha1`; do not edit.
            Group `secureprediction.dev`, version `v1alpha1`. The same text is in `kubectl explain`.

            **Bold** fields are required. The API server stores no defaults: what an absent field means stands in its description.
            """;

    private final StringBuilder page = new StringBuilder(TITLE);

    /** The page as Markdown. */
    public static String markdown() {
        var reference = new ResourceReference();
        CustomResourceDefinitions.all().forEach(reference::kind);
        return reference.page.toString();
    }

    private void kind(CustomResourceDefinition definition) {
        var names = definition.getSpec().getNames();
        var root = definition.getSpec().getVersions().getFirst().getSchema().getOpenAPIV3Schema();
        page.append("\n## ").append(names.getKind()).append("\n\n").append(root.getDescription());
        page.append(" Scope: ").append(definition.getSpec().getScope()).append(". `kubectl get ");
        page.append(
                names.getShortNames().isEmpty()
                        ? names.getPlural()
                        : names.getShortNames().getFirst());
        page.append("`.\n");
        rules(root);
        root.getProperties().forEach((name, schema) -> {
            if (!schema.getProperties().isEmpty()) {
                object(name, schema);
            }
        });
    }

    private void object(String path, JSONSchemaProps schema) {
        page.append("\n### `").append(path).append("`\n\n").append("| field | type | |\n| --- | --- | --- |\n");
        schema.getProperties().forEach((name, field) -> row(schema, name, field));
        rules(schema);
        schema.getProperties().forEach((name, field) -> {
            var inner = inner(field);
            if (!inner.getProperties().isEmpty()) {
                object(path + "." + name + (field.getItems() == null ? "" : "[]"), inner);
            }
        });
    }

    private void row(JSONSchemaProps parent, String name, JSONSchemaProps field) {
        var shown = parent.getRequired().contains(name) ? "**`" + name + "`**" : "`" + name + "`";
        page.append("| ").append(shown).append(" | ").append(type(field)).append(" | ");
        page.append(field.getDescription().replace("|", "\\|")).append(" |\n");
    }

    private void rules(JSONSchemaProps schema) {
        // a nested object states its own rules under its own heading
        List<String> messages = new ArrayList<>();
        schema.getXKubernetesValidations().forEach(rule -> messages.add(rule.getMessage()));
        schema.getProperties().values().stream()
                .filter(field -> field.getProperties().isEmpty())
                .flatMap(field -> field.getXKubernetesValidations().stream())
                .forEach(rule -> messages.add(rule.getMessage()));
        if (!messages.isEmpty()) {
            page.append("\nRefused with:\n\n");
            messages.forEach(message -> page.append("- ").append(message).append('\n'));
        }
    }

    private static String type(JSONSchemaProps field) {
        if (field.getItems() != null) {
            return "list of " + type(field.getItems().getSchema())
                    + bounds("", field.getMinItems(), field.getMaxItems());
        }
        if (field.getAdditionalProperties() != null) {
            return "map to " + type(field.getAdditionalProperties().getSchema())
                    + bounds("", field.getMinProperties(), field.getMaxProperties());
        }
        if (Boolean.TRUE.equals(field.getXKubernetesPreserveUnknownFields())) {
            return "JSON";
        }
        if (!field.getEnum().isEmpty()) {
            return String.join(
                    ", ",
                    field.getEnum().stream().map(v -> "`" + v.asText() + "`").toList());
        }
        return switch (field.getType()) {
            case "integer" -> "integer" + bounds("", whole(field.getMinimum()), whole(field.getMaximum()));
            case "string" -> "string" + bounds(" characters", field.getMinLength(), field.getMaxLength());
            default -> field.getType();
        };
    }

    private static String bounds(String unit, @Nullable Long min, @Nullable Long max) {
        if (max == null) {
            return min == null ? "" : ", at least " + min + unit;
        }
        return min == null ? ", at most " + max + unit : ", " + min + "–" + max + unit;
    }

    private static @Nullable Long whole(@Nullable Double bound) {
        return bound == null ? null : Long.valueOf(bound.longValue());
    }

    private static JSONSchemaProps inner(JSONSchemaProps field) {
        return field.getItems() == null ? field : field.getItems().getSchema();
    }

    private ResourceReference() {}
}
