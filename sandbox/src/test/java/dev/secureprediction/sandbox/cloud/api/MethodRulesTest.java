package dev.secureprediction.sandbox.cloud.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.cloud.aiplatform.v1.EndpointServiceGrpc;
import com.google.cloud.aiplatform.v1.ModelServiceGrpc;
import com.google.cloud.resourcemanager.v3.ProjectsGrpc;
import com.google.iam.admin.v1.IAMGrpc;
import com.google.iam.v1.IAMPolicyGrpc;
import com.google.longrunning.OperationsGrpc;
import com.google.protobuf.Message;
import io.grpc.MethodDescriptor;
import io.grpc.ServiceDescriptor;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class MethodRulesTest {
    private static final List<ServiceDescriptor> SERVICES = List.of(
            EndpointServiceGrpc.getServiceDescriptor(),
            ModelServiceGrpc.getServiceDescriptor(),
            OperationsGrpc.getServiceDescriptor(),
            IAMPolicyGrpc.getServiceDescriptor(),
            IAMGrpc.getServiceDescriptor(),
            ProjectsGrpc.getServiceDescriptor());

    @Test
    void every_rule_is_of_a_method_and_reads_its_resource() {
        var rules = new MethodRules();
        Set<String> found = new TreeSet<>();
        for (ServiceDescriptor service : SERVICES) {
            for (MethodDescriptor<?, ?> method : service.getMethods()) {
                rules.find(method.getFullMethodName()).ifPresent(rule -> {
                    assertThat(rule.resource(emptyRequest(method))).isEmpty();
                    found.add(method.getFullMethodName());
                });
            }
        }
        assertThat(found).containsExactlyElementsOf(rules.methods());
    }

    private static Message emptyRequest(MethodDescriptor<?, ?> method) {
        var marshaller = (MethodDescriptor.PrototypeMarshaller<?>) method.getRequestMarshaller();
        return (Message) Objects.requireNonNull(marshaller.getMessagePrototype());
    }
}
