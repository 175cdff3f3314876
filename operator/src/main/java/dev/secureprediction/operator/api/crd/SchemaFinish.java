package dev.secureprediction.operator.api.crd;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.secureprediction.operator.api.v1alpha1.Formats;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinitionVersion;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import java.util.List;
import java.util.Set;

/** Adds to a generated definition what the generator cannot express. */
final class SchemaFinish {

    private static final Set<String> INT64 = Set.of("observedGeneration", "tolerationSeconds");
    private static final Set<String> DATE_TIME =
            Set.of("lastTransitionTime", "detectedAt", "revertedAt", "since", "expiresAt");

    private final Kind kind;

    private SchemaFinish(Kind kind) {
        this.kind = kind;
    }

    static void apply(Kind kind, CustomResourceDefinition definition) {
        var finish = new SchemaFinish(kind);
        definition.getSpec().getVersions().forEach(finish::version);
    }

    private void version(CustomResourceDefinitionVersion version) {
        var root = version.getSchema().getOpenAPIV3Schema();
        root.setDescription(kind.description());
        root.getProperties().forEach((name, schema) -> walk(name, name, schema));
        kind.atomicObjects().forEach(path -> at(root, path).setXKubernetesMapType("atomic"));
        // without any status, kstatus says Current before the operator has looked
        at(root, "status").setDefault(JsonNodeFactory.instance.objectNode().put("observedGeneration", 0));
        version.setAdditionalPrinterColumns(kind.columns().stream()
                .map(c -> new io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceColumnDefinitionBuilder()
                        .withName(c.name())
                        .withType(c.type())
                        .withJsonPath(c.jsonPath())
                        .build())
                .toList());
    }

    private void walk(String path, String name, JSONSchemaProps schema) {
        // the generator reads a record's annotations twice, from field and accessor
        schema.setXKubernetesValidations(
                schema.getXKubernetesValidations().stream().distinct().toList());
        if (Boolean.TRUE.equals(schema.getXKubernetesPreserveUnknownFields())) {
            schema.setType("object");
        }
        if ("integer".equals(schema.getType())) {
            schema.setFormat(INT64.contains(name) ? "int64" : "int32");
        }
        if (DATE_TIME.contains(name)) {
            schema.setFormat("date-time");
        }
        if ("array".equals(schema.getType())) {
            list(path, schema);
        }
        if (schema.getAdditionalProperties() != null) {
            walk(path, "", schema.getAdditionalProperties().getSchema());
        }
        schema.getProperties().forEach((child, s) -> walk(path + "." + child, child, s));
    }

    private void list(String path, JSONSchemaProps schema) {
        var items = schema.getItems().getSchema();
        if (path.endsWith(".roles.issuers")) {
            // the generator takes the `is` of this accessor for a getter's prefix and misses what stands on its items
            items.setMinLength(1L);
            items.setMaxLength(63L);
            items.setPattern(Formats.DNS_LABEL);
        }
        if (path.equals("status.conditions")) {
            schema.setXKubernetesListType("map");
            schema.setXKubernetesListMapKeys(List.of("type"));
        } else {
            schema.setXKubernetesListType("atomic");
        }
        walk(path, "", items);
    }

    /** The field at a path; lists are passed through to their items. */
    static JSONSchemaProps at(JSONSchemaProps root, String path) {
        var schema = root;
        for (String name : path.split("\\.", -1)) {
            if (schema.getItems() != null) {
                schema = schema.getItems().getSchema();
            }
            schema = schema.getProperties().get(name);
            if (schema == null) {
                throw new IllegalStateException("no field " + path + " in the schema of " + root.getDescription());
            }
        }
        return schema;
    }
}
