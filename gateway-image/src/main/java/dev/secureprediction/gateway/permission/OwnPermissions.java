package dev.secureprediction.gateway.permission;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What Google answered about the gateway's own account.
 *
 * @param askedAt when
 * @param missing what it needs and does not have
 * @param missingSince since when something is missing without a break
 * @param excess tripwires that it holds, as `PERMISSION on RESOURCE`
 * @param unread what Google could not be asked, and why, without host
 */
public record OwnPermissions(
        Instant askedAt,
        List<String> missing,
        Optional<Instant> missingSince,
        List<String> excess,
        List<String> unread) {

    public OwnPermissions {
        missing = List.copyOf(missing);
        excess = List.copyOf(excess);
        unread = List.copyOf(unread);
    }

    /** Whether all was asked, nothing is missing and nothing is too much. */
    public boolean exact() {
        return missing.isEmpty() && excess.isEmpty() && unread.isEmpty();
    }
}
