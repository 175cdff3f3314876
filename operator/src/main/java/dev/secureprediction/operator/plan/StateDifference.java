package dev.secureprediction.operator.plan;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import dev.secureprediction.operator.cloud.Difference;
import dev.secureprediction.policy.codec.PolicyCodec;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** What one state of an endpoint has other than another, for people: in its policy, its gateway, and in Google Cloud. */
public final class StateDifference {

    private static final JsonMapper JSON =
            JsonMapper.builder().addModule(new Jdk8Module()).build();

    private static final int LONGEST = 200;

    /** What a reader of a plan might not be meant to see. */
    private static final Pattern CLOSED = Pattern.compile("policy\\.(guardrails|roles\\[[0-9]+]\\.exactBody)\\b.*");

    private StateDifference() {}

    /** The differences, in that order. */
    public static List<Difference> between(DesiredState before, DesiredState after) {
        List<Difference> found = new ArrayList<>();
        add(found, "policy", policy(before), policy(after));
        add(found, "gateway", JSON.valueToTree(before.gateway()), JSON.valueToTree(after.gateway()));
        add(found, "google", JSON.valueToTree(before.cloud()), JSON.valueToTree(after.cloud()));
        add(found, "mandate", JSON.valueToTree(before.mandate()), JSON.valueToTree(after.mandate()));
        add(found, "revocations", JSON.valueToTree(before.revocations()), JSON.valueToTree(after.revocations()));
        return found;
    }

    private static void add(List<Difference> found, String part, JsonNode before, JsonNode after) {
        JsonDifference.between(part, after, before, path -> false).stream()
                .map(difference -> new Difference(
                        part,
                        difference
                                .path()
                                .substring(Math.min(
                                        part.length() + 1, difference.path().length())),
                        shown(difference.path(), difference.mine()),
                        shown(difference.path(), difference.other())))
                .forEach(found::add);
    }

    private static JsonNode policy(DesiredState state) {
        try {
            return JSON.readTree(PolicyCodec.write(state.bundle()));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a policy is always JSON", e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String shown(String path, JsonNode value) {
        if (value.isMissingNode() || value.isNull()) {
            return Difference.ABSENT;
        }
        if (CLOSED.matcher(path).matches()) {
            return "not shown";
        }
        String text = value.isValueNode() ? value.asText() : value.toString();
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST - 1) + "…";
    }
}
