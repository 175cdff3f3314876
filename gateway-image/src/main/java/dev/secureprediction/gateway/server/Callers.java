package dev.secureprediction.gateway.server;

import dev.secureprediction.gateway.address.Cidr;
import dev.secureprediction.gateway.error.ErrorCode;
import dev.secureprediction.gateway.error.RefusedException;
import dev.secureprediction.gateway.pipeline.RequestHead;
import dev.secureprediction.gateway.tokens.SignatureWork;
import dev.secureprediction.gateway.tokens.WrongSignatures;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;

/**
 * Tells where a call comes from. A header that speaks for an address is believed only as far as trusted proxies have
 * written it: from the right, over every address that is one of them. Shared by all event loops.
 */
public final class Callers {
    private final WrongSignatures wrongSignatures;
    private volatile Trusted trusted = new Trusted(List.of(), List.of());

    private record Trusted(List<String> texts, List<Cidr> ranges) {

        boolean contains(String address) {
            Optional<InetAddress> parsed = Cidr.address(address);
            return parsed.isPresent() && ranges.stream().anyMatch(range -> range.contains(parsed.get()));
        }
    }

    public Callers(WrongSignatures wrongSignatures) {
        this.wrongSignatures = wrongSignatures;
    }

    /** What signatures from this address may still cost. */
    SignatureWork work(String address) {
        return wrongSignatures.from(address);
    }

    /**
     * The caller's address.
     *
     * @param peer the other end of the connection
     * @param trustedProxies CIDRs
     * @throws RefusedException when `X-Forwarded-For` and `Forwarded` (RFC 7239) are both there and disagree: a proxy
     *     writes one of them, the other is somebody's claim
     */
    String address(String peer, RequestHead head, List<String> trustedProxies) throws RefusedException {
        if (trustedProxies.isEmpty()) {
            return peer;
        }
        Trusted now = trusted(trustedProxies);
        if (!now.contains(peer)) {
            return peer;
        }
        List<String> listed = ForwardedFor.listed(head.all("X-Forwarded-For"));
        List<String> forwarded = ForwardedFor.forwarded(head.all("Forwarded"));
        String byList = beyond(now, peer, listed);
        String byForwarded = beyond(now, peer, forwarded);
        if (listed.isEmpty() || forwarded.isEmpty() || byList.equals(byForwarded)) {
            return listed.isEmpty() ? byForwarded : byList;
        }
        throw RefusedException.of(ErrorCode.REQUEST_MALFORMED, "FORWARDED_DISAGREE");
    }

    /** The first address from the right that is not a trusted proxy's; what is no address ends the search. */
    private static String beyond(Trusted trusted, String peer, List<String> hops) {
        String last = peer;
        for (String hop : hops.reversed()) {
            if (Cidr.address(hop).isEmpty()) {
                return last;
            }
            last = hop;
            if (!trusted.contains(hop)) {
                return last;
            }
        }
        return last;
    }

    private Trusted trusted(List<String> texts) {
        Trusted now = trusted;
        if (!now.texts().equals(texts)) {
            now = new Trusted(
                    texts,
                    texts.stream().flatMap(text -> Cidr.parse(text).stream()).toList());
            trusted = now;
        }
        return now;
    }
}
