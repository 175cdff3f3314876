package dev.secureprediction.gateway.admin;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.secureprediction.gateway.health.ModelVersions;
import dev.secureprediction.gateway.permission.OwnPermissions;
import dev.secureprediction.gateway.permission.PermissionWatch;
import dev.secureprediction.gateway.policy.PolicyInForce;
import dev.secureprediction.gateway.policy.PolicyRefusal;
import dev.secureprediction.gateway.policy.PolicySnapshot;
import dev.secureprediction.gateway.tokens.TokenVerifier.IssuerState;
import dev.secureprediction.policy.audit.ChainHead;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;

/** What the operator reads at `/policy`: the policy in force, and why a newer file is not. */
final class PolicyReport {
    private static final JsonFactory JSON = new JsonFactory();

    private PolicyReport() {}

    static byte[] of(
            PolicyInForce policy, PermissionWatch permissions, Optional<ChainHead> auditHead, ModelVersions versions) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(512);
        try (JsonGenerator out = JSON.createGenerator(bytes)) {
            out.writeStartObject();
            writeSnapshot(out, policy.current());
            writeRefusal(out, policy.lastRefusal());
            writePermissions(
                    out,
                    policy.current()
                            .flatMap(
                                    snapshot -> permissions.of(snapshot.bundle().upstream())));
            out.writeArrayFieldStart("issuers");
            if (policy.current().isPresent()) {
                for (IssuerState issuer : policy.current().get().tokens().issuers()) {
                    writeIssuer(out, issuer);
                }
            }
            out.writeEndArray();
            writeAuditHead(out, auditHead);
            Optional<String> version = policy.current()
                    .flatMap(
                            snapshot -> versions.of(snapshot.bundle().upstream().model()));
            if (version.isPresent()) {
                out.writeStringField("modelVersion", version.get());
            } else {
                out.writeNullField("modelVersion");
            }
            out.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e); // an array in memory does not fail
        }
        return bytes.toByteArray();
    }

    private static void writeSnapshot(JsonGenerator out, Optional<PolicySnapshot> snapshot) throws IOException {
        if (snapshot.isEmpty()) {
            out.writeNullField("policyDigest");
            out.writeStringField("selfTest", "NotRun");
            return;
        }
        out.writeStringField("policyDigest", snapshot.get().digest());
        out.writeStringField("contractDigest", snapshot.get().bundle().contractDigest());
        out.writeNumberField("formatVersion", snapshot.get().bundle().formatVersion());
        out.writeStringField("loadedAt", snapshot.get().loadedAt().toString());
        out.writeStringField("selfTest", "Passed");
    }

    private static void writeRefusal(JsonGenerator out, Optional<PolicyRefusal> refusal) throws IOException {
        if (refusal.isEmpty()) {
            out.writeNullField("lastRefusal");
            return;
        }
        out.writeObjectFieldStart("lastRefusal");
        out.writeStringField("digest", refusal.get().digest());
        out.writeStringField("reason", refusal.get().reason());
        out.writeStringField("at", refusal.get().at().toString());
        out.writeEndObject();
    }

    private static void writePermissions(JsonGenerator out, Optional<OwnPermissions> answer) throws IOException {
        if (answer.isEmpty()) {
            out.writeNullField("permissions");
            return;
        }
        OwnPermissions own = answer.get();
        out.writeObjectFieldStart("permissions");
        out.writeStringField("askedAt", own.askedAt().toString());
        writeList(out, "missing", own.missing());
        if (own.missingSince().isPresent()) {
            out.writeStringField("missingSince", own.missingSince().get().toString());
        }
        writeList(out, "excess", own.excess());
        writeList(out, "unread", own.unread());
        out.writeEndObject();
    }

    private static void writeList(JsonGenerator out, String name, List<String> texts) throws IOException {
        out.writeArrayFieldStart(name);
        for (String text : texts) {
            out.writeString(text);
        }
        out.writeEndArray();
    }

    private static void writeAuditHead(JsonGenerator out, Optional<ChainHead> head) throws IOException {
        if (head.isEmpty()) {
            out.writeNullField("auditHead");
            return;
        }
        out.writeObjectFieldStart("auditHead");
        out.writeStringField("pod", head.get().pod());
        out.writeStringField("key", head.get().key());
        out.writeStringField("publicKey", head.get().publicKey());
        out.writeNumberField("sequence", head.get().sequence());
        out.writeStringField("hash", head.get().hash());
        out.writeEndObject();
    }

    private static void writeIssuer(JsonGenerator out, IssuerState issuer) throws IOException {
        out.writeStartObject();
        out.writeStringField("name", issuer.name());
        out.writeNumberField("keys", issuer.keys());
        if (issuer.age().isPresent()) {
            out.writeNumberField("ageSeconds", issuer.age().get().toSeconds());
        } else {
            out.writeNullField("ageSeconds");
        }
        out.writeEndObject();
    }
}
