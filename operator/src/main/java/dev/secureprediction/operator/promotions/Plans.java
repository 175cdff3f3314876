package dev.secureprediction.operator.promotions;

import dev.secureprediction.operator.cloud.Difference;
import dev.secureprediction.operator.status.EnvironmentPreview;
import dev.secureprediction.operator.status.Preview;
import java.net.HttpURLConnection;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What an answer about a plan looks like. */
final class Plans {

    private Plans() {}

    /** About an environment: endpoint by endpoint. */
    static Promotions.Answer answer(EnvironmentPreview preview) {
        List<Map<String, Object>> endpoints = new ArrayList<>();
        for (EnvironmentPreview.Touched touched : preview.endpoints()) {
            Map<String, Object> endpoint = new LinkedHashMap<>();
            endpoint.put("namespace", touched.key().namespace());
            endpoint.put("name", touched.key().name());
            endpoint.put("problems", touched.problems());
            endpoint.put("notes", touched.notes());
            endpoint.put(
                    "changes", touched.changes().stream().map(Plans::change).toList());
            endpoints.add(endpoint);
        }
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("accepted", preview.problems().isEmpty());
        body.put("problems", preview.problems());
        body.put("notes", preview.notes());
        body.put("endpoints", endpoints);
        body.put("untouched", preview.untouched());
        return new Promotions.Answer(HttpURLConnection.HTTP_OK, body);
    }

    private static Map<String, Object> change(Difference difference) {
        Map<String, Object> change = new LinkedHashMap<>();
        change.put("part", difference.resource());
        change.put("field", difference.field());
        change.put("now", difference.observed());
        change.put("then", difference.desired());
        return change;
    }

    static Promotions.Answer answer(Preview preview) {
        List<Map<String, Object>> changes = new ArrayList<>();
        for (Preview.Step step : preview.changes()) {
            Map<String, Object> change = new LinkedHashMap<>();
            change.put("where", step.where());
            change.put("resource", step.resource());
            change.put("field", step.field());
            change.put("observed", step.observed());
            change.put("desired", step.desired());
            change.put("destructive", step.destructive());
            changes.add(change);
        }
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("accepted", preview.problems().isEmpty());
        body.put("complete", preview.complete());
        body.put("problems", preview.problems());
        body.put("notes", preview.notes());
        body.put("planHash", preview.hash());
        body.put("changes", changes);
        return new Promotions.Answer(HttpURLConnection.HTTP_OK, body);
    }
}
