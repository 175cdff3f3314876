package dev.secureprediction.sandbox.cloud.api;

import com.google.api.HttpRule;
import com.google.cloud.aiplatform.v1.EndpointServiceProto;
import com.google.cloud.aiplatform.v1.ModelServiceProto;
import com.google.cloud.resourcemanager.v3.ProjectsProto;
import com.google.iam.admin.v1.Iam;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.util.JsonFormat;
import com.linecorp.armeria.common.AggregatedHttpResponse;
import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.grpc.GrpcJsonMarshaller;
import com.linecorp.armeria.server.HttpServiceWithRoutes;
import com.linecorp.armeria.server.ServerBuilder;
import com.linecorp.armeria.server.ServiceRequestContext;
import com.linecorp.armeria.server.grpc.GrpcService;
import com.linecorp.armeria.server.grpc.HttpJsonTranscodingOptions;
import com.linecorp.armeria.server.grpc.HttpJsonTranscodingQueryParamMatchRule;
import dev.secureprediction.sandbox.cloud.CloudState;
import dev.secureprediction.sandbox.cloud.observe.Calls;
import dev.secureprediction.sandbox.cloud.observe.Faults;
import io.grpc.BindableService;
import io.grpc.Status;
import io.netty.util.AttributeKey;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** The control plane on a server: gRPC, and the same as REST. */
public final class RestApi {
    /** The content type a request came with, before it is turned into gRPC. */
    static final AttributeKey<String> WIRE_TYPE = AttributeKey.valueOf(RestApi.class, "WIRE_TYPE");

    private RestApi() {}

    /** Adds every control plane service to a server. */
    public static void addTo(ServerBuilder server, CloudState state, Faults faults, Calls calls) {
        var enforcer = new Enforcer(state, faults, calls);
        var endpoints = EndpointServiceProto.getDescriptor().findServiceByName("EndpointService");
        var models = ModelServiceProto.getDescriptor().findServiceByName("ModelService");
        var iam = Iam.getDescriptor().findServiceByName("IAM");
        var projects = ProjectsProto.getDescriptor().findServiceByName("Projects");
        server.service(service(enforcer, new EndpointApi(state), HttpRules.ofVertex(endpoints)));
        server.service(service(enforcer, new ModelApi(state), HttpRules.ofVertex(models)));
        server.service(service(enforcer, new OperationApi(state), HttpRules.ofOperations()));
        server.service(
                service(enforcer, new EndpointPolicyApi(state), HttpRules.ofEndpointPolicies()), UnmappedBody::refuse);
        server.service(service(enforcer, new AccountApi(state), HttpRules.of(iam)));
        server.service(service(enforcer, new ProjectApi(state), HttpRules.ofProjects(projects)));
        server.service("/v1/token", new TokenApi(state, faults, calls));
        server.service(CredentialApi.PATH, new CredentialApi(state, faults, calls));
        server.service(PoolApi.PATH, new PoolApi(state, faults, calls));
        server.service(ProjectV1Api.PATH, new ProjectV1Api(state, faults, calls));
        server.decorator((delegate, ctx, request) -> {
            String type = request.headers().get(HttpHeaderNames.CONTENT_TYPE, "");
            ctx.setAttr(WIRE_TYPE, type);
            return delegate.serve(ctx, request);
        });
    }

    private static HttpServiceWithRoutes service(Enforcer enforcer, BindableService service, List<HttpRule> rules) {
        return GrpcService.builder()
                .addService(service)
                .intercept(enforcer)
                .enableHttpJsonTranscoding(HttpJsonTranscodingOptions.builder()
                        .ignoreProtoHttpRule(true)
                        .additionalHttpRules(rules)
                        .queryParamMatchRules(
                                HttpJsonTranscodingQueryParamMatchRule.LOWER_CAMEL_CASE,
                                HttpJsonTranscodingQueryParamMatchRule.ORIGINAL_FIELD)
                        .errorHandler(RestApi::error)
                        .build())
                .jsonMarshallerFactory(descriptor -> marshaller())
                .useBlockingTaskExecutor(true)
                .build();
    }

    private static GrpcJsonMarshaller marshaller() {
        Function<JsonFormat.Parser, JsonFormat.Parser> parser = p -> p.usingTypeRegistry(GoogleJson.TYPES);
        Function<JsonFormat.Printer, JsonFormat.Printer> printer = p -> p.usingTypeRegistry(GoogleJson.TYPES);
        return GrpcJsonMarshaller.builderForGson()
                .jsonParserCustomizer(parser)
                .jsonPrinterCustomizer(printer)
                .build();
    }

    private static HttpResponse error(ServiceRequestContext ctx, Status status, AggregatedHttpResponse response) {
        String details = response.headers()
                .get("grpc-status-details-bin", response.trailers().get("grpc-status-details-bin", ""));
        return GoogleJson.error(details.isEmpty() ? plain(status) : decoded(details));
    }

    private static com.google.rpc.Status plain(Status status) {
        return com.google.rpc.Status.newBuilder()
                .setCode(status.getCode().value())
                .setMessage(Optional.ofNullable(status.getDescription()).orElse(""))
                .build();
    }

    private static com.google.rpc.Status decoded(String details) {
        try {
            return com.google.rpc.Status.parseFrom(Base64.getDecoder().decode(details));
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException("grpc-status-details-bin holds no google.rpc.Status", e);
        }
    }
}
