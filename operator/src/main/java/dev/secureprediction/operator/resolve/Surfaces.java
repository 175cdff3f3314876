package dev.secureprediction.operator.resolve;

import dev.secureprediction.operator.api.v1alpha1.Reason;
import dev.secureprediction.policy.model.Surface;
import java.util.ArrayList;
import java.util.List;

/** Which wire protocols a model speaks. */
final class Surfaces {

    private static final String PATH = "spec.contract.surfaces";

    private Surfaces() {}

    /** Those asked for, else those that follow from the model. */
    static List<Surface> of(List<Surface> asked, WantedModel model) {
        return asked.isEmpty() ? List.of(natural(model)) : asked;
    }

    /** Surfaces asked for that the model does not speak; or the one that follows from it, when nothing serves that yet. */
    static List<Problem> problems(List<Surface> asked, WantedModel model) {
        List<Problem> problems = new ArrayList<>();
        for (int i = 0; i < asked.size(); i++) {
            if (!speaks(model, asked.get(i))) {
                problems.add(new Problem(
                        Reason.SurfaceMismatch,
                        PATH + "[" + i + "]",
                        asked.get(i) + " is not spoken by " + model.grantName() + "; use " + natural(model)
                                + " or leave surfaces out"));
            }
        }
        if (asked.isEmpty() && natural(model) == Surface.AnthropicMessages) {
            problems.add(new Problem(
                    Reason.NotSupportedYet,
                    "spec.contract.model.publisher.publisher",
                    "models of this publisher need the surface AnthropicMessages, which is not implemented in this"
                            + " version; choose another model"));
        }
        return problems;
    }

    private static Surface natural(WantedModel model) {
        if (!(model instanceof WantedModel.Publisher published)) {
            return Surface.VertexPredict;
        }
        if (published.publisher().equals("google") && published.name().startsWith("gemini-")) {
            return Surface.GeminiGenerate;
        }
        return published.publisher().equals("anthropic") ? Surface.AnthropicMessages : Surface.VertexPredict;
    }

    private static boolean speaks(WantedModel model, Surface surface) {
        return switch (model) {
            case WantedModel.Publisher published ->
                switch (surface) {
                    case GeminiGenerate -> published.publisher().equals("google");
                    case AnthropicMessages -> published.publisher().equals("anthropic");
                    case VertexPredict -> !published.publisher().equals("anthropic");
                    case OpenAIChat, OpenInference, KServeV1 -> true;
                };
            case WantedModel.Deployed ignored -> deployedSpeaks(surface);
            case WantedModel.Existing ignored -> deployedSpeaks(surface);
        };
    }

    private static boolean deployedSpeaks(Surface surface) {
        return surface != Surface.GeminiGenerate && surface != Surface.AnthropicMessages;
    }
}
