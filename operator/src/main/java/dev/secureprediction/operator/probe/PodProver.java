package dev.secureprediction.operator.probe;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.secureprediction.operator.plan.DesiredProof.CanaryCall;
import dev.secureprediction.policy.model.Model;
import dev.secureprediction.policy.model.PolicyBundle;
import dev.secureprediction.policy.model.Upstream;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Proves one pod: every call that it must refuse, by the reason that it must give, and the one that must succeed. */
public final class PodProver {

    /** Of a model that is not to be asked, or cannot be asked yet. */
    public static final Verdict NO_CANARY = new Verdict.Unknown(Probe.Canary, "NoCanary");

    private static final List<Verdict> WITHOUT_TOKENS = Stream.concat(
                    Arrays.stream(Probe.values())
                            .filter(probe -> probe != Probe.NoToken && probe.mustBeRefused())
                            .map(probe -> new Verdict.Unknown(
                                    probe, "the cluster gave no token to ask with; the operator's log says why")),
                    Stream.of(NO_CANARY))
            .toList();

    private static final String ERROR_INFO = "type.googleapis.com/google.rpc.ErrorInfo";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final GatewayProbe calls;

    public PodProver(GatewayProbe calls) {
        this.calls = calls;
    }

    /**
     * All probes, in order. A pod that cannot be reached gives {@link Verdict.Unknown} for each.
     *
     * @param trust how to recognise the gateway; absent means plaintext
     * @param tokens absent while none can be had
     */
    public List<Verdict> prove(
            GatewayPod pod,
            PolicyBundle bundle,
            Optional<ServerTrust> trust,
            Optional<ProbeTokens> tokens,
            Optional<CanaryCall> canary) {
        String path = CallPath.of(bundle);
        List<Verdict> verdicts = new ArrayList<>();
        try (GatewayProbe.Caller caller = calls.caller(pod, trust)) {
            verdicts.add(call(caller, Probe.NoToken, path, Optional.empty(), "{}"));
            if (tokens.isEmpty()) {
                verdicts.addAll(WITHOUT_TOKENS);
                return verdicts;
            }
            ProbeTokens have = tokens.get();
            verdicts.add(call(
                    caller, Probe.ForgedSignature, path, Optional.of(ForgedTokens.otherSignature(have.good())), "{}"));
            verdicts.add(
                    call(caller, Probe.UnsignedToken, path, Optional.of(ForgedTokens.unsigned(have.good())), "{}"));
            verdicts.add(call(caller, Probe.OtherAudience, path, Optional.of(have.otherAudience()), "{}"));
            verdicts.add(
                    have.expired().isPresent()
                            ? call(caller, Probe.ExpiredToken, path, have.expired(), "{}")
                            : new Verdict.Unknown(Probe.ExpiredToken, "no token is old enough yet"));
            verdicts.add(call(caller, Probe.NoRole, path, Optional.of(have.stranger()), "{}"));
            verdicts.add(call(
                    caller,
                    Probe.OtherModel,
                    CallPath.of(other(bundle.upstream()), bundle),
                    Optional.of(have.good()),
                    "{}"));
            verdicts.add(
                    canary.isPresent()
                            ? call(
                                    caller,
                                    Probe.Canary,
                                    path,
                                    Optional.of(have.good()),
                                    canary.get().body().toString())
                            : NO_CANARY);
        }
        return verdicts;
    }

    private static Verdict call(
            GatewayProbe.Caller caller, Probe probe, String path, Optional<String> token, String body) {
        try {
            return verdict(probe, caller.post(path, token, body));
        } catch (IOException e) {
            return new Verdict.Unknown(probe, caller.reason(e));
        }
    }

    private static Verdict verdict(Probe probe, HttpResponse<String> answer) {
        int status = answer.statusCode();
        if (!probe.mustBeRefused()) {
            return canary(status, answer.body());
        }
        if (status >= 200 && status < 300) {
            return new Verdict.LetThrough(probe);
        }
        String code = code(answer.body());
        return status == probe.status() && code.equals(probe.code())
                ? new Verdict.Passed(probe)
                : new Verdict.Wrong(
                        probe,
                        "answered the " + probe.words() + " with " + status + " " + code
                                + " instead of a refusal of its own with " + probe.status() + " " + probe.code());
    }

    /** A model without capacity says nothing about the gateway. */
    private static Verdict canary(int status, String body) {
        if (status >= 200 && status < 300) {
            return new Verdict.Passed(Probe.Canary, modelVersion(body));
        }
        String code = code(body);
        return status == 429 || status >= 500
                ? new Verdict.Unknown(Probe.Canary, "answered with " + status + " " + code)
                : new Verdict.Wrong(Probe.Canary, "answered the canary with " + status + " " + code);
    }

    /** As Gemini says it, or Vertex AI of a deployed model; a name of another form is no version. */
    private static Optional<String> modelVersion(String body) {
        try {
            JsonNode answer = JSON.readTree(body);
            return Stream.of("modelVersion", "modelVersionId")
                    .map(name ->
                            answer.path(name).isTextual() ? answer.path(name).textValue() : "")
                    .filter(VersionName::isOne)
                    .findFirst();
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
    }

    private static Upstream other(Upstream upstream) {
        Model model = switch (upstream.model()) {
            case Model.Endpoint endpoint -> new Model.Endpoint(endpoint.endpointId() + "-other");
            case Model.Publisher publisher -> new Model.Publisher(publisher.publisher(), publisher.name() + "-other");
        };
        return new Upstream(
                upstream.authority(),
                upstream.project(),
                upstream.projectNumber(),
                upstream.location(),
                model,
                upstream.credential());
    }

    /** The gateway's own code in Google's error shape; empty where the answer is not its own. */
    private static String code(String body) {
        try {
            for (JsonNode detail : JSON.readTree(body).path("error").path("details")) {
                if (detail.path("@type").asText().equals(ERROR_INFO)
                        && detail.path("domain").asText().equals("secureprediction.dev")) {
                    return detail.path("reason").asText();
                }
            }
            return "";
        } catch (JsonProcessingException e) {
            return "";
        }
    }
}
