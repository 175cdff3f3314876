package dev.secureprediction.policy.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.ExecutionContext;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaContext;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.keyword.AbstractKeyword;
import com.networknt.schema.keyword.BaseKeywordValidator;
import com.networknt.schema.keyword.Keyword;
import com.networknt.schema.keyword.KeywordValidator;
import com.networknt.schema.path.NodePath;

/**
 * {@code uniqueItems} for arrays of at most {@value #MAX_ITEMS}: the usual one keeps values in a hash set, and values
 * whose hashes collide make it quadratic.
 */
final class FewUniqueItems extends AbstractKeyword {

    static final int MAX_ITEMS = 1_000;

    private final Keyword usual;

    FewUniqueItems(Keyword usual) {
        super(usual.getValue());
        this.usual = usual;
    }

    @Override
    public KeywordValidator newValidator(SchemaLocation location, JsonNode node, Schema parent, SchemaContext context)
            throws Exception {
        return new Few(usual.newValidator(location, node, parent, context), this, node, location, parent, context);
    }

    private static final class Few extends BaseKeywordValidator {
        private final KeywordValidator usual;

        Few(
                KeywordValidator usual,
                Keyword keyword,
                JsonNode node,
                SchemaLocation location,
                Schema parent,
                SchemaContext context) {
            super(keyword, node, location, parent, context);
            this.usual = usual;
        }

        @Override
        public void validate(ExecutionContext execution, JsonNode node, JsonNode rootNode, NodePath location) {
            if (getSchemaNode().booleanValue() && node.isArray() && node.size() > MAX_ITEMS) {
                execution.addError(error().instanceNode(node)
                        .instanceLocation(location)
                        .evaluationPath(execution.getEvaluationPath())
                        .locale(execution.getExecutionConfig().getLocale())
                        .messageKey("uniqueItems")
                        .build());
                return;
            }
            usual.validate(execution, node, rootNode, location);
        }
    }
}
