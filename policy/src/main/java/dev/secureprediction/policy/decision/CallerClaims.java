package dev.secureprediction.policy.decision;

import dev.secureprediction.policy.model.ClaimNames;
import dev.secureprediction.policy.model.Issuer;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Turns a token's claims into what expressions see.
 *
 * <p>{@code subject}, {@code groups}, {@code scopes} and {@code tenant} come from the claims that the issuer uses for
 * them, and from nowhere else: a raw claim {@code groups} of an issuer whose groups are in {@code roles} is dropped.
 * What is absent, null or of another type has no key. Numbers become longs or doubles, which CEL knows.
 */
public final class CallerClaims {

    private static final int MAX_DEPTH = 16;

    private CallerClaims() {}

    /** The caller of a verified token. */
    public static Caller of(Issuer issuer, Map<String, Object> raw) {
        ClaimNames names = issuer.claims();
        Map<String, Object> claims = new HashMap<>(raw.size() * 2 + 8);
        raw.forEach((name, value) -> plain(value, 0).ifPresent(plain -> claims.put(name, plain)));
        Optional<String> subject = text(raw.get(names.subject()));
        set(claims, "subject", subject);
        set(claims, "groups", texts(raw.get(names.groups()), false));
        set(claims, "scopes", texts(raw.get(names.scopes()), true));
        set(claims, "tenant", text(raw.get(names.tenant())));
        return new Caller(issuer.name(), subject.orElse(""), Collections.unmodifiableMap(claims));
    }

    private static void set(Map<String, Object> claims, String name, Optional<?> value) {
        if (value.isPresent()) {
            claims.put(name, value.get());
        } else {
            claims.remove(name);
        }
    }

    private static Optional<String> text(@Nullable Object value) {
        return value instanceof String text ? Optional.of(text) : Optional.empty();
    }

    private static Optional<List<String>> texts(@Nullable Object value, boolean split) {
        if (value == null) {
            return Optional.empty();
        }
        return switch (value) {
            case String text -> Optional.of(split ? words(text) : List.of(text));
            case List<?> list ->
                Optional.of(list.stream()
                        .filter(String.class::isInstance)
                        .map(String.class::cast)
                        .toList());
            default -> Optional.empty();
        };
    }

    private static List<String> words(String text) {
        return Arrays.stream(text.split(" ")).filter(word -> !word.isEmpty()).toList();
    }

    private static Optional<Object> plain(@Nullable Object value, int depth) {
        if (value == null || depth > MAX_DEPTH) {
            return Optional.empty();
        }
        return switch (value) {
            case String text -> Optional.of(text);
            case Boolean flag -> Optional.of(flag);
            case Byte number -> Optional.of(number.longValue());
            case Short number -> Optional.of(number.longValue());
            case Integer number -> Optional.of(number.longValue());
            case Long number -> Optional.of(number);
            case BigInteger number ->
                Optional.of(number.bitLength() < Long.SIZE ? (Object) number.longValue() : number.doubleValue());
            case Number number -> Optional.of(number.doubleValue());
            case List<?> list -> Optional.of(plainList(list, depth));
            case Map<?, ?> map -> Optional.of(plainMap(map, depth));
            default -> Optional.empty();
        };
    }

    private static List<Object> plainList(List<?> list, int depth) {
        List<Object> plain = new ArrayList<>(list.size());
        for (Object element : list) {
            plain(element, depth + 1).ifPresent(plain::add);
        }
        return Collections.unmodifiableList(plain);
    }

    private static Map<String, Object> plainMap(Map<?, ?> map, int depth) {
        Map<String, Object> plain = HashMap.newHashMap(map.size());
        map.forEach((key, value) -> {
            if (key instanceof String name) {
                plain(value, depth + 1).ifPresent(one -> plain.put(name, one));
            }
        });
        return Collections.unmodifiableMap(plain);
    }
}
