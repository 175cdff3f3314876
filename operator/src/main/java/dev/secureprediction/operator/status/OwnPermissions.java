package dev.secureprediction.operator.status;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What a gateway was told by Google about its own account.
 *
 * @param missing what it needs and does not have
 * @param missingSince since when something is missing without a break
 * @param excess tripwires that it holds, as `PERMISSION on RESOURCE`
 * @param unread what it could not ask about
 */
public record OwnPermissions(
        List<String> missing, Optional<Instant> missingSince, List<String> excess, List<String> unread) {

    public OwnPermissions {
        missing = List.copyOf(missing);
        excess = List.copyOf(excess);
        unread = List.copyOf(unread);
    }
}
