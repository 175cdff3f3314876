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
 * A keyword of our own in every schema: it counts how often schemas are applied and ends what goes on too long, since
 * schemas that refer to themselves in several places can take time exponential in a body's depth.
 */
final class Effort extends AbstractKeyword {

    static final String NAME = "x-secureprediction-effort";

    Effort() {
        super(NAME);
    }

    @Override
    public KeywordValidator newValidator(SchemaLocation location, JsonNode node, Schema parent, SchemaContext context) {
        return new Counter(this, node, location, parent, context);
    }

    /** How many applications of schemas are left. */
    static final class Budget {
        private long left;

        Budget(long left) {
            this.left = left;
        }

        void spend() {
            if (--left < 0) {
                throw new ExhaustedException();
            }
        }
    }

    /** The budget is spent. */
    static final class ExhaustedException extends RuntimeException {
        ExhaustedException() {
            super("too many schemas to apply", null, false, false);
        }
    }

    private static final class Counter extends BaseKeywordValidator {
        Counter(Keyword keyword, JsonNode node, SchemaLocation location, Schema parent, SchemaContext context) {
            super(keyword, node, location, parent, context);
        }

        @Override
        public void validate(ExecutionContext execution, JsonNode node, JsonNode rootNode, NodePath location) {
            Budget budget = execution.getCollectorContext().get(NAME);
            budget.spend();
        }
    }
}
