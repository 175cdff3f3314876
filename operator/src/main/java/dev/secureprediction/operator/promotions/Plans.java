package dev.secureprediction.operator.promotions;

import dev.secureprediction.operator.status.Preview;
import java.net.HttpURLConnection;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What an answer about a plan looks like. */
final class Plans {

    private Plans() {}

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
