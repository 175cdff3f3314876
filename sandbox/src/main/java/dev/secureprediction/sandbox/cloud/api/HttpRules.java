package dev.secureprediction.sandbox.cloud.api;

import com.google.api.AnnotationsProto;
import com.google.api.HttpRule;
import com.google.protobuf.Descriptors.MethodDescriptor;
import com.google.protobuf.Descriptors.ServiceDescriptor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** REST routes of gRPC methods (`google.api.http`): those of Google's descriptors, and those that only its service configuration has. */
final class HttpRules {
    private static final List<String> VERTEX_VERSIONS = List.of("v1", "v1beta1", "ui");
    private static final String ENDPOINT = "projects/*/locations/*/endpoints/*";

    private HttpRules() {}

    /** A service's own routes. */
    static List<HttpRule> of(ServiceDescriptor service) {
        return rules(service, List.of("v1"));
    }

    /** The routes of a Vertex AI service, also as v1beta1 and as `ui`, which Google's clients use for some calls. */
    static List<HttpRule> ofVertex(ServiceDescriptor service) {
        return rules(service, VERTEX_VERSIONS);
    }

    /** Polling of operations. */
    static List<HttpRule> ofOperations() {
        return List.of(
                combined(
                        "google.longrunning.Operations.GetOperation",
                        versions()
                                .flatMap(v -> Stream.of(
                                        get("/" + v + "/{name=" + ENDPOINT + "/operations/*}"),
                                        get("/" + v + "/{name=projects/*/locations/*/operations/*}")))
                                .toList()),
                combined(
                        "google.longrunning.Operations.ListOperations",
                        versions()
                                .map(v -> get("/" + v + "/{name=" + ENDPOINT + "}/operations"))
                                .toList()));
    }

    /** Policies of endpoints, which v1 does not have over REST; two of the three take no body. */
    static List<HttpRule> ofEndpointPolicies() {
        Map<String, String> bodies = Map.of("GetIamPolicy", "", "SetIamPolicy", "*", "TestIamPermissions", "");
        return bodies.entrySet().stream()
                .map(method -> combined(
                        "google.iam.v1.IAMPolicy." + method.getKey(),
                        Stream.of("v1beta1", "ui")
                                .map(v -> post(
                                        "/" + v + "/{resource=" + ENDPOINT + "}:" + verb(method.getKey()),
                                        method.getValue()))
                                .toList()))
                .toList();
    }

    /** Projects: v3 by the descriptor, and policies by the v1 that gcloud speaks. */
    static List<HttpRule> ofProjects(ServiceDescriptor service) {
        return rules(service, List.of("v3")).stream()
                .map(rule -> {
                    String method =
                            rule.getSelector().substring(rule.getSelector().lastIndexOf('.') + 1);
                    return method.contains("Iam")
                            ? rule.toBuilder()
                                    .addAdditionalBindings(post("/v1/{resource=projects/*}:" + verb(method), "*"))
                                    .build()
                            : rule;
                })
                .toList();
    }

    private static List<HttpRule> rules(ServiceDescriptor service, List<String> versions) {
        return service.getMethods().stream()
                .filter(method -> method.getOptions().hasExtension(AnnotationsProto.http))
                .map(method -> combined(method.getFullName(), bindings(method, versions)))
                .toList();
    }

    private static List<HttpRule> bindings(MethodDescriptor method, List<String> versions) {
        HttpRule rule = method.getOptions().getExtension(AnnotationsProto.http);
        List<HttpRule> declared = new ArrayList<>(rule.getAdditionalBindingsList());
        declared.addFirst(rule.toBuilder().clearAdditionalBindings().build());
        return declared.stream()
                .flatMap(binding -> versions.stream().map(version -> inVersion(binding, version)))
                .distinct()
                .toList();
    }

    private static HttpRule inVersion(HttpRule rule, String version) {
        HttpRule.Builder next = rule.toBuilder();
        return switch (rule.getPatternCase()) {
            case GET -> next.setGet(path(rule.getGet(), version)).build();
            case POST -> next.setPost(path(rule.getPost(), version)).build();
            case PATCH -> next.setPatch(path(rule.getPatch(), version)).build();
            case DELETE -> next.setDelete(path(rule.getDelete(), version)).build();
            default -> rule;
        };
    }

    private static String path(String path, String version) {
        return "/" + version + path.substring(path.indexOf('/', 1));
    }

    private static HttpRule combined(String selector, List<HttpRule> bindings) {
        return bindings.getFirst().toBuilder()
                .setSelector(selector)
                .addAllAdditionalBindings(bindings.subList(1, bindings.size()))
                .build();
    }

    private static Stream<String> versions() {
        return VERTEX_VERSIONS.stream();
    }

    private static HttpRule get(String path) {
        return HttpRule.newBuilder().setGet(path).build();
    }

    private static HttpRule post(String path, String body) {
        return HttpRule.newBuilder().setPost(path).setBody(body).build();
    }

    private static String verb(String method) {
        return Character.toLowerCase(method.charAt(0)) + method.substring(1);
    }
}
