package dev.secureprediction.sandbox.cloud.api;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import dev.secureprediction.sandbox.cloud.observe.Quota;
import java.util.List;
import java.util.Optional;

/**
 * What a method asks of its caller.
 *
 * @param field path of the request's field that names the resource; also the key of its routing header (AIP-4222)
 * @param permissions all of them are needed on that resource
 * @param mutating whether it changes anything
 * @param quota what it is counted against
 */
record MethodRule(String field, List<String> permissions, boolean mutating, Optional<Quota> quota) {

    /** The resource that a request names. */
    String resource(Message request) {
        Message holder = request;
        String[] path = field.split("\\.", -1);
        for (int i = 0; i < path.length - 1; i++) {
            holder = (Message) holder.getField(fieldOf(holder, path[i]));
        }
        return (String) holder.getField(fieldOf(holder, path[path.length - 1]));
    }

    private static FieldDescriptor fieldOf(Message message, String name) {
        return Optional.ofNullable(message.getDescriptorForType().findFieldByName(name))
                .orElseThrow(() -> new IllegalStateException(
                        message.getDescriptorForType().getFullName() + " has no field " + name));
    }
}
