package dev.secureprediction.gateway.pipeline;

import dev.secureprediction.gateway.error.ErrorCode;
import dev.secureprediction.gateway.error.RefusedException;
import dev.secureprediction.gateway.pipeline.RequestHead.Header;
import dev.secureprediction.gateway.pipeline.RequestHead.Protocol;
import dev.secureprediction.gateway.policy.PolicySnapshot;
import dev.secureprediction.gateway.route.Query;
import dev.secureprediction.gateway.route.RouteMatch;
import dev.secureprediction.gateway.text.CharacterSet;
import dev.secureprediction.gateway.tokens.BearerToken;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * First stage: is this a request that can mean only one thing? Whatever two parsers could read differently is refused
 * before anything else is looked at.
 */
public final class Acceptor {
    private static final Set<String> REFUSED_METHODS = Set.of("CONNECT", "TRACE", "TRACK");
    private static final List<String> SINGLE_HEADERS = List.of(
            "Authorization",
            "Content-Type",
            "Content-Length",
            "Content-Encoding",
            "Transfer-Encoding",
            "Host",
            "Expect",
            "Inference-Header-Content-Length");
    private static final CharacterSet HOST = CharacterSet.ALPHANUMERIC.and("-._:[]");
    private static final int MAX_HOST = 264;

    /** Checks the head against this policy. */
    public AcceptedRequest accept(RequestHead head, RouteMatch match, PolicySnapshot policy) throws RefusedException {
        if (REFUSED_METHODS.contains(head.method().toUpperCase(Locale.ROOT))) {
            throw RefusedException.of(ErrorCode.METHOD_REFUSED);
        }
        for (String name : SINGLE_HEADERS) {
            if (head.count(name) > 1) {
                throw RefusedException.of(ErrorCode.HEADER_REPEATED, "HEADER_REPEATED:" + name);
            }
        }
        checkFraming(head);
        checkExpectation(head);
        if (head.query().map(Query::carriesCredential).orElse(false)) {
            throw RefusedException.of(ErrorCode.TOKEN_IN_QUERY);
        }
        return new AcceptedRequest(head, policy, match, token(head));
    }

    /** RFC 9112, section 6: one framing, spelled the one way that everybody reads alike. */
    private static void checkFraming(RequestHead head) throws RefusedException {
        Optional<String> transfer = head.first("Transfer-Encoding");
        Optional<String> length = head.first("Content-Length");
        boolean chunkedOnly = head.protocol() == Protocol.HTTP_1_1
                && length.isEmpty()
                && transfer.map("chunked"::equalsIgnoreCase).orElse(true);
        boolean sound = transfer.isEmpty() || chunkedOnly;
        boolean numeric =
                length.map(value -> CharacterSet.DIGITS.make(value, 1, 18)).orElse(true);
        if (!sound || !numeric) {
            throw RefusedException.of(ErrorCode.REQUEST_MALFORMED, "FRAMING");
        }
        if (head.protocol() == Protocol.HTTP_2 && !head.headers().stream().allMatch(Acceptor::isSoundInHttp2)) {
            throw RefusedException.of(ErrorCode.REQUEST_MALFORMED, "FIELDS");
        }
        Optional<String> host = head.first("Host");
        if (head.protocol() != Protocol.HTTP_1_0 && host.isEmpty()) {
            throw RefusedException.of(ErrorCode.REQUEST_MALFORMED, "HOST_MISSING");
        }
        // nobody here believes it, but what has user information or a path in it is meant for somebody who does
        if (!host.map(value -> HOST.make(value, 0, MAX_HOST)).orElse(true)) {
            throw RefusedException.of(ErrorCode.REQUEST_MALFORMED, "HOST");
        }
    }

    /** RFC 9113, sections 8.2.1 and 8.3: no control characters, and no pseudo field but the four that the server has taken. */
    private static boolean isSoundInHttp2(Header header) {
        return !header.name().startsWith(":")
                && header.value().chars().noneMatch(next -> (next < ' ' && next != '\t') || next == 0x7f);
    }

    /** An upgrade that is asked for is passed over, as RFC 9110, section 7.8, allows: the answer is plain HTTP/1.1. */
    private static void checkExpectation(RequestHead head) throws RefusedException {
        Optional<String> expectation = head.first("Expect");
        if (expectation.isPresent() && !expectation.get().equalsIgnoreCase("100-continue")) {
            throw RefusedException.of(ErrorCode.EXPECTATION_REFUSED);
        }
    }

    private static BearerToken token(RequestHead head) throws RefusedException {
        Optional<String> authorization = head.first("Authorization");
        if (authorization.isEmpty()) {
            throw RefusedException.of(ErrorCode.TOKEN_MISSING);
        }
        return BearerToken.parse(authorization.get())
                .orElseThrow(() -> RefusedException.of(ErrorCode.TOKEN_INVALID, "NOT_BEARER"));
    }
}
