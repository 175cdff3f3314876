package dev.secureprediction.sandbox.cloud.prediction;

/** How a stream of JSON values goes over the wire. */
enum Framing {
    /** Server-sent events, as with `alt=sse`; no end marker. */
    EVENTS("text/event-stream") {
        @Override
        String frame(String json, int index) {
            return "data: " + json + "\r\n\r\n";
        }

        @Override
        String end(int count) {
            return "";
        }
    },
    /** Server-sent events with a name each, the value's member `type`, as Anthropic's models send them. */
    NAMED_EVENTS("text/event-stream; charset=utf-8") {
        @Override
        String frame(String json, int index) {
            String type = json.replaceFirst("(?s)^\\{\"type\":\"([a-z_]+)\".*$", "$1");
            return "event: " + type + "\ndata: " + json + "\n\n";
        }

        @Override
        String end(int count) {
            return "";
        }
    },
    /** Server-sent events with OpenAI's end marker. */
    DONE_EVENTS("text/event-stream") {
        @Override
        String frame(String json, int index) {
            return "data: " + json + "\n\n";
        }

        @Override
        String end(int count) {
            return "data: [DONE]\n\n";
        }
    },
    /** The elements of one JSON array, as without `alt`. */
    ARRAY("application/json; charset=UTF-8") {
        @Override
        String frame(String json, int index) {
            return (index == 0 ? "[" : ",\r\n") + json;
        }

        @Override
        String end(int count) {
            return count == 0 ? "[]" : "\r\n]";
        }
    };

    private final String contentType;

    Framing(String contentType) {
        this.contentType = contentType;
    }

    String contentType() {
        return contentType;
    }

    /** One value; the index counts from 0. */
    abstract String frame(String json, int index);

    /** What stands after the last of so many values. */
    abstract String end(int count);
}
