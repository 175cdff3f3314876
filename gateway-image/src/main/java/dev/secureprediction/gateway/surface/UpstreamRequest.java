package dev.secureprediction.gateway.surface;

/**
 * A call of Vertex AI's REST API; always a POST.
 *
 * @param target path and query
 * @param body JSON; not to be changed
 */
@SuppressWarnings("ArrayRecordComponent") // never compared; handed on once
public record UpstreamRequest(String target, byte[] body) {}
