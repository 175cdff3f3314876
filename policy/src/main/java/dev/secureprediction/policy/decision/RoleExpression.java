package dev.secureprediction.policy.decision;

import dev.cel.common.CelIssue;
import dev.cel.common.CelOptions;
import dev.cel.common.CelValidationException;
import dev.cel.common.types.MapType;
import dev.cel.common.types.SimpleType;
import dev.cel.compiler.CelCompiler;
import dev.cel.compiler.CelCompilerFactory;
import dev.cel.parser.CelStandardMacro;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelRuntimeFactory;
import dev.cel.runtime.CelVariableResolver;
import java.util.List;

/**
 * A role's {@code when}: CEL over {@code claims}, {@code bindings}, {@code request.surface} and {@code request.action},
 * compiled once. Safe for use by many threads.
 *
 * <p>Bounded: {@value #MAX_LENGTH} characters, {@value #MAX_NODES} nodes, {@value #MAX_NESTING} levels, and
 * {@value #MAX_ITERATIONS} steps of all {@code all}, {@code exists} and such together in one evaluation. Patterns of
 * {@code matches} run on RE2, in linear time.
 */
public final class RoleExpression {

    /** Longest source, in characters. */
    public static final int MAX_LENGTH = 4096;

    private static final int MAX_NODES = 1000;
    private static final int MAX_NESTING = 32;
    private static final int MAX_ITERATIONS = 10_000;

    private static final CelOptions OPTIONS = CelOptions.current()
            .maxExpressionCodePointSize(MAX_LENGTH)
            .maxParseExpressionNodeCount(MAX_NODES)
            .maxParseRecursionDepth(MAX_NESTING)
            .comprehensionMaxIterations(MAX_ITERATIONS)
            .maxRegexProgramSize(1000)
            .enableHeterogeneousNumericComparisons(true)
            .build();

    // request's two fields are variables of their own, so that a misspelt one does not compile
    private static final CelCompiler COMPILER = CelCompilerFactory.standardCelCompilerBuilder()
            .setOptions(OPTIONS)
            .setStandardMacros(CelStandardMacro.STANDARD_MACROS)
            .addVar("claims", MapType.create(SimpleType.STRING, SimpleType.DYN))
            .addVar("bindings", MapType.create(SimpleType.STRING, SimpleType.STRING))
            .addVar("request.surface", SimpleType.STRING)
            .addVar("request.action", SimpleType.STRING)
            .setResultType(SimpleType.BOOL)
            .build();

    private static final CelRuntime RUNTIME =
            CelRuntimeFactory.plannerRuntimeBuilder().setOptions(OPTIONS).build();

    private final CelRuntime.Program program;

    private RoleExpression(CelRuntime.Program program) {
        this.program = program;
    }

    /**
     * Compiles and checks the types.
     *
     * @throws InvalidExpressionException for a syntax error, an unknown name, a result that is no boolean, too much of it
     */
    public static RoleExpression compile(String source) {
        try {
            return new RoleExpression(
                    RUNTIME.createProgram(COMPILER.compile(source).getAst()));
        } catch (CelValidationException e) {
            throw invalid(e);
        } catch (CelEvaluationException e) {
            throw new InvalidExpressionException("cannot be evaluated; simplify it", 1, 1);
        }
    }

    private static InvalidExpressionException invalid(CelValidationException e) {
        List<CelIssue> issues = e.getErrors();
        if (issues.isEmpty()) {
            return new InvalidExpressionException("is not a CEL expression; correct it", 1, 1);
        }
        CelIssue issue = issues.getFirst();
        // CEL counts columns from 0, and says -1 where the whole is meant
        return new InvalidExpressionException(
                issue.getMessage(),
                Math.max(1, issue.getSourceLocation().getLine()),
                Math.max(0, issue.getSourceLocation().getColumn()) + 1);
    }

    /** Whether it is true; an error, a missing claim for one, is no match. */
    boolean matches(CelVariableResolver variables) {
        try {
            return Boolean.TRUE.equals(program.eval(variables));
        } catch (CelEvaluationException e) {
            return false;
        }
    }
}
