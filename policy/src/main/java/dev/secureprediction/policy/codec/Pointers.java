package dev.secureprediction.policy.codec;

import com.fasterxml.jackson.databind.JsonMappingException;
import java.util.List;

/** JSON Pointers (RFC 6901). */
final class Pointers {

    private Pointers() {}

    static String child(String pointer, String name) {
        return pointer + "/" + name.replace("~", "~0").replace("/", "~1");
    }

    static String of(List<JsonMappingException.Reference> path) {
        String pointer = "";
        for (JsonMappingException.Reference step : path) {
            pointer =
                    step.getFieldName() == null ? pointer + "/" + step.getIndex() : child(pointer, step.getFieldName());
        }
        return pointer;
    }
}
