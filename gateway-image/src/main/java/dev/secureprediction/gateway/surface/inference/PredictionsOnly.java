package dev.secureprediction.gateway.surface.inference;

import com.fasterxml.jackson.core.JsonToken;
import dev.secureprediction.gateway.error.RefusedException;
import dev.secureprediction.gateway.surface.AnswerTranslation;
import dev.secureprediction.gateway.surface.json.AnswerReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** `{"predictions":[…]}` as the model wrote them, without the names of Google's resources beside them. */
final class PredictionsOnly implements AnswerTranslation {

    @Override
    public byte[] translate(byte[] answer) throws RefusedException {
        List<String> predictions = new ArrayList<>(1);
        AnswerReader.read(
                answer,
                in -> in.object(name -> {
                    boolean wanted = name.equals("predictions") && in.token() == JsonToken.START_ARRAY;
                    int from = in.start();
                    in.skip();
                    if (wanted) {
                        predictions.add(new String(answer, from, in.position() - from, StandardCharsets.UTF_8));
                    }
                }));
        if (predictions.isEmpty()) {
            throw AnswerReader.unexpected("WITHOUT_PREDICTIONS");
        }
        return ("{\"predictions\":" + predictions.getFirst() + "}").getBytes(StandardCharsets.UTF_8);
    }
}
