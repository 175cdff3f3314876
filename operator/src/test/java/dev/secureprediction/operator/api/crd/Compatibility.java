package dev.secureprediction.operator.api.crd;

import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Where a schema refuses, or drops, what an older one took. */
final class Compatibility {

    private final List<String> breaks = new ArrayList<>();

    /** One sentence for each break, with the field's path; empty where none. */
    static List<String> breaks(JSONSchemaProps older, JSONSchemaProps newer) {
        var comparison = new Compatibility();
        comparison.compare("", older, newer);
        return List.copyOf(comparison.breaks);
    }

    private void compare(String path, JSONSchemaProps older, JSONSchemaProps newer) {
        same(path, "type", older.getType(), newer.getType());
        same(path, "list type", older.getXKubernetesListType(), newer.getXKubernetesListType());
        same(path, "map type", older.getXKubernetesMapType(), newer.getXKubernetesMapType());
        older.getEnum().stream()
                .filter(value -> !newer.getEnum().isEmpty() && !newer.getEnum().contains(value))
                .forEach(value -> breaks.add(path + ": value " + value.asText() + " is gone"));
        if (older.getEnum().isEmpty() && !newer.getEnum().isEmpty()) {
            breaks.add(path + ": only some values are left");
        }
        atMost(path, "longest text", older.getMaxLength(), newer.getMaxLength());
        atMost(path, "longest list", older.getMaxItems(), newer.getMaxItems());
        atMost(path, "largest map", older.getMaxProperties(), newer.getMaxProperties());
        atMost(path, "largest number", whole(older.getMaximum()), whole(newer.getMaximum()));
        atLeast(path, "shortest text", older.getMinLength(), newer.getMinLength());
        atLeast(path, "shortest list", older.getMinItems(), newer.getMinItems());
        atLeast(path, "smallest map", older.getMinProperties(), newer.getMinProperties());
        atLeast(path, "smallest number", whole(older.getMinimum()), whole(newer.getMinimum()));
        if (newer.getPattern() != null) {
            same(path, "pattern", older.getPattern(), newer.getPattern());
        }
        newer.getRequired().stream()
                .filter(name -> !older.getRequired().contains(name))
                .forEach(name -> breaks.add(path + "." + name + ": newly required"));
        children(path, older, newer);
    }

    private void children(String path, JSONSchemaProps older, JSONSchemaProps newer) {
        older.getProperties().forEach((name, schema) -> {
            var now = newer.getProperties().get(name);
            if (now == null) {
                breaks.add(path + "." + name + ": gone");
            } else {
                compare(path + "." + name, schema, now);
            }
        });
        if (older.getItems() != null && newer.getItems() != null) {
            compare(path + "[]", older.getItems().getSchema(), newer.getItems().getSchema());
        }
        if (older.getAdditionalProperties() != null && newer.getAdditionalProperties() != null) {
            compare(
                    path + "{}",
                    older.getAdditionalProperties().getSchema(),
                    newer.getAdditionalProperties().getSchema());
        }
    }

    private void same(String path, String what, @Nullable String older, @Nullable String newer) {
        if (!Objects.equals(older, newer)) {
            breaks.add(path + ": " + what + " was " + older + ", is " + newer);
        }
    }

    private void atMost(String path, String what, @Nullable Long older, @Nullable Long newer) {
        if (newer != null && (older == null || newer < older)) {
            breaks.add(path + ": " + what + " was " + older + ", is " + newer);
        }
    }

    private void atLeast(String path, String what, @Nullable Long older, @Nullable Long newer) {
        if (newer != null && (older == null || newer > older)) {
            breaks.add(path + ": " + what + " was " + older + ", is " + newer);
        }
    }

    private static @Nullable Long whole(@Nullable Double bound) {
        return bound == null ? null : Long.valueOf(bound.longValue());
    }
}
