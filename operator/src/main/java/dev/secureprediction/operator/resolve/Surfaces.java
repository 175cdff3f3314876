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

    /** Surfaces asked for that the model does not speak, and that nothing can be translated to for it. */
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
        return problems;
    }

    private static Surface natural(WantedModel model) {
        if (!(model instanceof WantedModel.Publisher published)) {
            return Surface.VertexPredict;
        }
        if (isGemini(published)) {
            return Surface.GeminiGenerate;
        }
        return published.publisher().equals("anthropic") ? Surface.AnthropicMessages : Surface.VertexPredict;
    }

    private static boolean isGemini(WantedModel.Publisher model) {
        return model.publisher().equals("google") && model.name().startsWith("gemini-");
    }

    private static boolean speaks(WantedModel model, Surface surface) {
        return switch (model) {
            case WantedModel.Publisher published -> publishedSpeaks(published, surface);
            case WantedModel.Deployed ignored -> deployedSpeaks(surface);
            case WantedModel.Existing ignored -> deployedSpeaks(surface);
        };
    }

    /** Claude has no other form; tensors need predictions that are tensors, which no publisher's model promises. */
    private static boolean publishedSpeaks(WantedModel.Publisher model, Surface surface) {
        boolean claude = model.publisher().equals("anthropic");
        return switch (surface) {
            case GeminiGenerate -> model.publisher().equals("google");
            case AnthropicMessages -> claude;
            case VertexPredict, OpenAIChat -> !claude;
            case KServeV1 -> !claude && !isGemini(model);
            case OpenInference -> false;
        };
    }

    private static boolean deployedSpeaks(Surface surface) {
        return surface != Surface.GeminiGenerate && surface != Surface.AnthropicMessages;
    }
}
