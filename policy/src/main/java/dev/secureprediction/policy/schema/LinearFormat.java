package dev.secureprediction.policy.schema;

import com.google.re2j.Pattern;
import com.networknt.schema.ExecutionContext;
import com.networknt.schema.format.Format;
import java.util.List;

/** Formats that the validator checks by recursion, so that a long text ends its stack; here on RE2 instead. */
final class LinearFormat implements Format {

    private static final String LABEL = "[a-zA-Z0-9](?:[-a-zA-Z0-9]{0,61}[a-zA-Z0-9])?";

    /** RFC 1123, section 2.1. */
    private static final LinearFormat HOSTNAME =
            new LinearFormat("hostname", 253, "^" + LABEL + "(?:\\." + LABEL + ")*$");

    /** RFC 6901, section 3. */
    private static final LinearFormat JSON_POINTER =
            new LinearFormat("json-pointer", Integer.MAX_VALUE, "(?s)^(?:/(?:[^/~]|~[01])*)*$");

    private final String name;
    private final int maxLength;
    private final Pattern pattern;

    private LinearFormat(String name, int maxLength, String pattern) {
        this.name = name;
        this.maxLength = maxLength;
        this.pattern = Pattern.compile(pattern);
    }

    static List<Format> all() {
        return List.of(HOSTNAME, JSON_POINTER);
    }

    @Override
    public String getName() {
        return name;
    }

    @Override
    public boolean matches(ExecutionContext execution, String value) {
        return value.length() <= maxLength && pattern.matcher(value).find();
    }
}
