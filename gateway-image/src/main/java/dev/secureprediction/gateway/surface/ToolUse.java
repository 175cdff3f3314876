package dev.secureprediction.gateway.surface;

/**
 * A tool that a request lets the model use.
 *
 * @param pointer JSON pointer of the tool
 * @param kind as a role's `data.tools` names it: `functions` for declared functions, else the tool's own name on the
 *     wire, such as `googleSearch`, `codeExecution`, `retrieval`
 */
public record ToolUse(String pointer, String kind) {}
