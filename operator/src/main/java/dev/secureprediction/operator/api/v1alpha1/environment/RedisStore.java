package dev.secureprediction.operator.api.v1alpha1.environment;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.secureprediction.operator.api.v1alpha1.ApiObject;
import dev.secureprediction.operator.api.v1alpha1.Formats;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import org.jspecify.annotations.Nullable;

/** A Redis server. */
@ApiObject
public record RedisStore(
        @JsonPropertyDescription(
                "Secret in the gateway namespace: url (redis:// or rediss://, with user and password), encryption-key (32 bytes, base64, for kept answers; without it they stay in each replica), ca.crt (PEM, optional). A changed secret takes effect when pods start.")
        @Required
        @Size(min = 1, max = 253)
        @Pattern(Formats.DNS_SUBDOMAIN)
        String secretName,

        @JsonPropertyDescription(
                "What follows when it is down: Local limits each replica by itself, Refuse refuses calls. Default: Local.")
        @Nullable
        StoreFailure onFailure) {}
