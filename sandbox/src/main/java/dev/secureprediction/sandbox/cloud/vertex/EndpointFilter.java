package dev.secureprediction.sandbox.cloud.vertex;

import com.google.cloud.aiplatform.v1.Endpoint;
import dev.secureprediction.sandbox.cloud.error.GoogleErrors;
import java.util.Arrays;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The filters of a list of endpoints that clients of this cloud use (AIP-160, a small part of it). */
final class EndpointFilter {
    private static final Pattern DISPLAY_NAME = Pattern.compile("display_name\\s*=\\s*\"?(?<value>[^\"]*)\"?");
    private static final Pattern LABEL = Pattern.compile("labels\\.(?<key>[a-z0-9_-]+)\\s*=\\s*\"?(?<value>[^\"]*)\"?");
    private static final Pattern LABELLED = Pattern.compile("labels\\.(?<key>[a-z0-9_-]+)\\s*:\\s*\\*?");

    private EndpointFilter() {}

    static Predicate<Endpoint> parse(String filter) {
        return filter.isBlank()
                ? endpoint -> true
                : Arrays.stream(filter.split(" AND ", -1))
                        .map(String::strip)
                        .map(EndpointFilter::term)
                        .reduce(endpoint -> true, Predicate::and);
    }

    private static Predicate<Endpoint> term(String term) {
        Matcher displayName = DISPLAY_NAME.matcher(term);
        if (displayName.matches()) {
            String value = displayName.group("value");
            return endpoint -> endpoint.getDisplayName().equals(value);
        }
        Matcher label = LABEL.matcher(term);
        if (label.matches()) {
            String key = label.group("key");
            String value = label.group("value");
            return endpoint -> value.equals(endpoint.getLabelsMap().get(key));
        }
        Matcher labelled = LABELLED.matcher(term);
        if (labelled.matches()) {
            String key = labelled.group("key");
            return endpoint -> endpoint.containsLabels(key);
        }
        throw GoogleErrors.invalid("filter: the sandbox does not understand " + term);
    }
}
