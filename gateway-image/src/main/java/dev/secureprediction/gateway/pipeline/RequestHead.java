package dev.secureprediction.gateway.pipeline;

import dev.secureprediction.gateway.text.CharacterSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A request before its body, as it came.
 *
 * @param protocol HTTP version
 * @param method as written
 * @param path raw path, not decoded
 * @param query what stands after the first question mark; absent: no question mark
 * @param headers all fields in order
 */
public record RequestHead(Protocol protocol, String method, String path, Optional<String> query, List<Header> headers) {
    /** A field is there as it came, as text, and in what the two are kept in. */
    private static final int COPIES = 3;

    /** HTTP versions, told apart because framing differs. */
    public enum Protocol {
        HTTP_1_0,
        HTTP_1_1,
        HTTP_2
    }

    /** One field; the value is as sent. */
    public record Header(String name, String value) {}

    public RequestHead {
        headers = List.copyOf(headers);
    }

    /** Splits a request target at its first question mark. */
    public static RequestHead of(Protocol protocol, String method, String target, List<Header> headers) {
        int mark = target.indexOf('?');
        return mark < 0
                ? new RequestHead(protocol, method, target, Optional.empty(), headers)
                : new RequestHead(
                        protocol, method, target.substring(0, mark), Optional.of(target.substring(mark + 1)), headers);
    }

    /** Values of all fields of this name, which compares without case. */
    public List<String> all(String name) {
        List<String> values = new ArrayList<>(1);
        for (Header header : headers) {
            if (header.name().equalsIgnoreCase(name)) {
                values.add(header.value());
            }
        }
        return values;
    }

    public Optional<String> first(String name) {
        for (Header header : headers) {
            if (header.name().equalsIgnoreCase(name)) {
                return Optional.of(header.value());
            }
        }
        return Optional.empty();
    }

    int count(String name) {
        int count = 0;
        for (Header header : headers) {
            if (header.name().equalsIgnoreCase(name)) {
                count++;
            }
        }
        return count;
    }

    public boolean has(String name) {
        return count(name) > 0;
    }

    /** Whether the head says that the body has at most so many bytes. */
    public boolean announcesAtMost(long bytes) {
        if (has("Transfer-Encoding")) {
            return false;
        }
        Optional<String> length = first("Content-Length");
        return length.isEmpty()
                ? protocol != Protocol.HTTP_2
                : CharacterSet.DIGITS.make(length.get(), 1, 18) && Long.parseLong(length.get()) <= bytes;
    }

    /** What its fields hold on the heap while its stream lives; 0 where a connection has one request at a time. */
    public int heldLength() {
        int length = 0;
        if (protocol == Protocol.HTTP_2) {
            for (Header header : headers) {
                length += header.name().length() + header.value().length();
            }
        }
        return length * COPIES;
    }

    /** Never the headers: they hold credentials. */
    @Override
    public String toString() {
        return "RequestHead[" + method + " " + headers.size() + " headers]";
    }
}
