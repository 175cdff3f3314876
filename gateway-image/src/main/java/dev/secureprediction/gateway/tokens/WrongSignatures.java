package dev.secureprediction.gateway.tokens;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.secureprediction.gateway.address.Cidr;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * Counts wrong signatures by the address they came from, so that a flood of forged tokens costs next to nothing: an address
 * has so many in reserve and gets some back each second; when it has none left, its new tokens are refused unread. Tokens
 * that were verified before are not touched by that. IPv6 counts by /64, which one customer has whole. Memory is bounded:
 * the addresses quiet the longest are forgotten. Safe for many threads.
 */
public final class WrongSignatures {
    private static final int MAX_ADDRESSES = 50_000;
    private static final Duration FORGET = Duration.ofMinutes(10);
    private static final int IPV4_BYTES = 4;
    private static final Network UNKNOWN = new Network(new byte[0]);
    private static final int IPV6_NETWORK_BYTES = 8;

    private final int reserve;
    private final double perNano;
    private final LongSupplier nanos;
    private final Cache<Network, Account> accounts = Caffeine.newBuilder()
            .maximumSize(MAX_ADDRESSES)
            .expireAfterAccess(FORGET)
            .executor(Runnable::run) // else every few calls wake a thread of the common pool
            .build();

    private WrongSignatures(int reserve, double perSecond, LongSupplier nanos) {
        this.reserve = reserve;
        this.perNano = perSecond / 1e9;
        this.nanos = nanos;
    }

    /**
     * With a clock of its own.
     *
     * @param reserve wrong signatures that an address may send at once
     * @param perSecond how many more each second
     */
    public static WrongSignatures allowing(int reserve, double perSecond, LongSupplier nanos) {
        return new WrongSignatures(reserve, perSecond, nanos);
    }

    /** What an address, in digits, may cost. It is looked at only when a signature has to be checked. */
    public SignatureWork from(String address) {
        return new SignatureWork() {
            @Override
            public boolean allowed() {
                Account account = accounts.getIfPresent(Network.of(address));
                return account == null || account.left(nanos.getAsLong()) >= 1;
            }

            @Override
            public void wasWrong() {
                long now = nanos.getAsLong();
                accounts.get(Network.of(address), unknown -> new Account(now)).take(now);
            }
        };
    }

    private final class Account {
        private double left = reserve;
        private long at;

        private Account(long now) {
            at = now;
        }

        private synchronized double left(long now) {
            left = Math.min(reserve, left + Math.max(0, now - at) * perNano);
            at = now;
            return left;
        }

        private synchronized void take(long now) {
            left = Math.max(0, left(now) - 1);
        }
    }

    /** What counts as one address. */
    private static final class Network {
        private final byte[] bytes;

        private Network(byte[] bytes) {
            this.bytes = bytes;
        }

        static Network of(String text) {
            Optional<InetAddress> address = Cidr.address(text);
            if (address.isEmpty()) {
                return UNKNOWN;
            }
            byte[] all = address.get().getAddress();
            return new Network(all.length > IPV4_BYTES ? Arrays.copyOf(all, IPV6_NETWORK_BYTES) : all);
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Network network && Arrays.equals(bytes, network.bytes);
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(bytes);
        }
    }
}
