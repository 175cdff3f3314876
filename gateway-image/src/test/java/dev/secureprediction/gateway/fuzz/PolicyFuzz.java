package dev.secureprediction.gateway.fuzz;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.secureprediction.policy.codec.InvalidPolicyException;
import dev.secureprediction.policy.codec.IssuerKeysCodec;
import dev.secureprediction.policy.codec.PolicyCodec;
import dev.secureprediction.policy.codec.RevocationsCodec;
import dev.secureprediction.policy.schema.InvalidSchemaException;
import dev.secureprediction.policy.schema.RequestSchema;
import java.io.IOException;

/** Fuzz target: the files of the policy directory, and schemas within them. */
public final class PolicyFuzz {
    private static final ObjectMapper JSON = new ObjectMapper();

    private interface Reader {
        void read(byte[] input) throws InvalidPolicyException;
    }

    private PolicyFuzz() {}

    public static void fuzzerTestOneInput(byte[] input) {
        read(PolicyCodec::read, input);
        read(IssuerKeysCodec::read, input);
        read(RevocationsCodec::read, input);
        try {
            RequestSchema.compile(JSON.readTree(input));
        } catch (IOException | InvalidSchemaException e) {
            // no JSON, or no schema that is taken
        }
    }

    private static void read(Reader reader, byte[] input) {
        try {
            reader.read(input);
        } catch (InvalidPolicyException e) {
            // refused with a pointer: as it should be
        }
    }
}
