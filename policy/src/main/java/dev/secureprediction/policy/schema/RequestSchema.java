package dev.secureprediction.policy.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.re2j.Pattern;
import com.networknt.schema.Error;
import com.networknt.schema.ExecutionContext;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaException;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.dialect.Dialect;
import com.networknt.schema.dialect.Dialects;
import com.networknt.schema.keyword.Keyword;
import com.networknt.schema.path.PathType;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * A compiled JSON Schema (draft 2020-12) of a request body. Immutable, safe for use by many threads.
 *
 * <p>Formats are checked, patterns run on RE2, references stay in the document, and unknown keywords are refused.
 * A check takes time linear in the body: schemas are applied at most {@value #EFFORT_PER_VALUE} times per value of the
 * body, beyond which the body is refused.
 */
public final class RequestSchema {

    private static final long EFFORT_PER_VALUE = 50;
    private static final long BASE_EFFORT = 10_000;
    private static final SchemaLocation LOCATION = SchemaLocation.of("urn:secureprediction:request");

    private static final SchemaRegistry REGISTRY = registry();

    private final Schema schema;
    private final Set<String> knownNames;
    private final Explanation explanation;

    private RequestSchema(Schema schema, Set<String> knownNames) {
        this.schema = schema;
        this.knownNames = knownNames;
        this.explanation = new Explanation(knownNames);
    }

    private static SchemaRegistry registry() {
        Dialect draft = Dialects.getDraft202012();
        Keyword uniqueItems = Objects.requireNonNull(draft.getKeywords().get("uniqueItems"));
        Dialect dialect = Dialect.builder(draft)
                .keyword(new Effort())
                .keyword(new FewUniqueItems(uniqueItems))
                .formats(LinearFormat.all())
                .build();
        SchemaRegistryConfig config = SchemaRegistryConfig.builder()
                .formatAssertionsEnabled(true)
                .failFast(true)
                .losslessNarrowing(true)
                .pathType(PathType.JSON_POINTER)
                .preloadSchema(true)
                .regularExpressionFactory(pattern -> {
                    Pattern compiled = Pattern.compile(pattern);
                    return text -> compiled.matcher(text).find();
                })
                .build();
        return SchemaRegistry.withDialect(
                dialect,
                builder -> builder.schemaRegistryConfig(config)
                        .schemaCacheEnabled(false)
                        .schemaLoader(loader -> loader.block(iri -> true)));
    }

    /**
     * Checks a schema and compiles it.
     *
     * @throws InvalidSchemaException where it is no schema of draft 2020-12, refers outside of itself, or goes beyond
     *     32 levels, 2,000 values or 2,000 schemas for one value
     */
    public static RequestSchema compile(JsonNode schema) {
        SchemaShape shape = SchemaShape.of(schema);
        try {
            return new RequestSchema(REGISTRY.getSchema(LOCATION, prepared(schema, shape)), shape.names());
        } catch (SchemaException e) {
            throw new InvalidSchemaException("", "is no JSON Schema of draft 2020-12; correct it");
        }
    }

    /** A copy in which every schema counts its applications. */
    private static JsonNode prepared(JsonNode schema, SchemaShape shape) {
        JsonNode copy = schema.deepCopy();
        for (String pointer : shape.schemas()) {
            if (copy.at(pointer) instanceof ObjectNode object) {
                object.put(Effort.NAME, true);
                object.remove(List.of("$id", "$schema"));
            }
        }
        return copy;
    }

    /** The first thing that is wrong with a body, or nothing. Never holds anything of the body's values. */
    public Optional<Violation> check(JsonNode body) {
        BodyBounds bounds = new BodyBounds(knownNames);
        Optional<Violation> outOfBounds = bounds.check(body);
        if (outOfBounds.isPresent()) {
            return outOfBounds;
        }
        try {
            List<Error> errors = schema.validate(
                    body,
                    (ExecutionContext execution) -> execution
                            .getCollectorContext()
                            .put(Effort.NAME, new Effort.Budget(BASE_EFFORT + EFFORT_PER_VALUE * bounds.nodes())));
            return errors.isEmpty() ? Optional.empty() : Optional.of(explanation.of(errors.getFirst()));
        } catch (Effort.ExhaustedException e) {
            return Optional.of(new Violation("", "takes too long to check against the schema; make it simpler"));
        } catch (StackOverflowError e) {
            // nothing is shared between checks, so nothing is left half done; gateways have small stacks
            return Optional.of(new Violation("", "is nested too deeply for the schema; make it simpler"));
        }
    }
}
