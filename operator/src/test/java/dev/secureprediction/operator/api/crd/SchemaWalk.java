package dev.secureprediction.operator.api.crd;

import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import java.util.ArrayList;
import java.util.List;

/** All fields of a definition's schema, items of lists and values of maps among them. */
public final class SchemaWalk {

    private final List<Field> fields = new ArrayList<>();

    /** The fields below the root, parents first. */
    public static List<Field> of(CustomResourceDefinition definition) {
        var walk = new SchemaWalk();
        root(definition).getProperties().forEach(walk::visit);
        return List.copyOf(walk.fields);
    }

    /** The schema of the whole resource. */
    public static JSONSchemaProps root(CustomResourceDefinition definition) {
        return definition.getSpec().getVersions().getFirst().getSchema().getOpenAPIV3Schema();
    }

    private void visit(String path, JSONSchemaProps schema) {
        fields.add(new Field(path, schema));
        schema.getProperties().forEach((name, child) -> visit(path + "." + name, child));
        if (schema.getItems() != null) {
            visit(path + "[]", schema.getItems().getSchema());
        }
        if (schema.getAdditionalProperties() != null) {
            visit(path + "{}", schema.getAdditionalProperties().getSchema());
        }
    }

    /**
     * A field.
     *
     * @param path names with dots; `[]` for an item of a list, `{}` for a value of a map
     */
    public record Field(String path, JSONSchemaProps schema) {

        /** Whether it stands for the items of a list or the values of a map. */
        public boolean isItem() {
            return path.endsWith("[]") || path.endsWith("{}");
        }
    }
}
