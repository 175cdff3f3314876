package dev.secureprediction.gateway.route;

/** What a query may ask for. Only these are accepted, and only their canonical spelling goes on. */
public enum AnswerForm {
    /** No query, or `alt=json`. */
    JSON(""),
    /** `$alt=json;enum-encoding=int`, as Google's REST clients ask. */
    JSON_ENUMS_AS_NUMBERS("?%24alt=json%3Benum-encoding%3Dint"),
    /** `alt=sse`: server-sent events. */
    SSE("?alt=sse");

    private final String query;

    AnswerForm(String query) {
        this.query = query;
    }

    /** The query to send on, with its question mark; or nothing. */
    public String query() {
        return query;
    }
}
