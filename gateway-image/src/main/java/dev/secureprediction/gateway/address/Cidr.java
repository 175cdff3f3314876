package dev.secureprediction.gateway.address;

import java.net.InetAddress;
import java.util.Optional;

/**
 * A range of addresses (RFC 4632, RFC 4291 section 2.3).
 *
 * @param network any address of it
 * @param prefix how many leading bits its addresses share
 */
public record Cidr(InetAddress network, int prefix) {

    /** Reads `address/prefix`; empty when it is none, asks no name server. */
    public static Optional<Cidr> parse(String text) {
        int slash = text.indexOf('/');
        if (slash < 1 || !text.substring(slash + 1).matches("[0-9]{1,3}")) {
            return Optional.empty();
        }
        int prefix = Integer.parseInt(text.substring(slash + 1));
        return address(text.substring(0, slash))
                .filter(address -> prefix <= address.getAddress().length * 8)
                .map(address -> new Cidr(address, prefix));
    }

    /** Reads an address in digits; empty for anything else, a name above all. */
    public static Optional<InetAddress> address(String text) {
        if (text.isEmpty() || text.length() > 45 || !text.matches("[0-9a-fA-F:.]+")) {
            return Optional.empty();
        }
        try {
            return Optional.of(InetAddress.ofLiteral(text));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** Whether an address is in this range. */
    public boolean contains(InetAddress address) {
        byte[] own = network.getAddress();
        byte[] other = address.getAddress();
        if (own.length != other.length) {
            return false;
        }
        int whole = prefix / 8;
        for (int i = 0; i < whole; i++) {
            if (own[i] != other[i]) {
                return false;
            }
        }
        int rest = prefix % 8;
        return rest == 0 || ((own[whole] ^ other[whole]) & (0xff << (8 - rest)) & 0xff) == 0;
    }
}
