package dev.secureprediction.operator.api.v1alpha1.guardrail;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.secureprediction.operator.api.v1alpha1.ApiObject;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

/** Screening by an HTTPS service. */
@ApiObject
public record Webhook(
        @JsonPropertyDescription("Where the text is sent; the environment lists which hosts may be used.")
        @Required
        @Size(min = 9, max = 512)
        @ValidationRule(
                value = "isURL(self) && url(self).getScheme() == 'https'",
                message = "webhook.url must be an https URL; give one that begins with https://")
        String url,

        @JsonPropertyDescription("PEM certificates to trust for it; default: the system's.")
        @Nullable
        @Size(min = 1, max = 65536)
        String caBundle,

        @JsonPropertyDescription("How long to wait for its verdict, in milliseconds. Default: 2000.")
        @Nullable
        @Min(1)
        @Max(30000)
        Integer timeoutMilliseconds) {}
