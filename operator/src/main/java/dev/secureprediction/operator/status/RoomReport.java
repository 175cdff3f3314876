package dev.secureprediction.operator.status;

import dev.secureprediction.operator.api.v1alpha1.ConditionType;
import dev.secureprediction.operator.api.v1alpha1.Reason;
import dev.secureprediction.operator.cloud.ObservedPolicy;
import dev.secureprediction.operator.cloud.Preflight;
import dev.secureprediction.operator.cloud.Remedy;
import dev.secureprediction.operator.cloud.Room;
import dev.secureprediction.operator.status.ConditionSet.Truth;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/** Whether the next endpoints will find room in the project: a condition beside Ready, which says what is missing now. */
final class RoomReport {

    /** From this share on, in percent, it is told; counts below it are not, so that an endpoint more is no new status. */
    private static final int LOW = 90;

    private static final int ALL = 100;
    private static final String COUNTING = "iam.serviceAccounts.list";

    private RoomReport() {}

    /** Says so where the project was looked at, and else what was said before. */
    static void add(ConditionSet conditions, Preflight preflight, String project, int serviceAccounts) {
        switch (preflight) {
            case Preflight.Ready ready -> add(conditions, ready.room(), project, serviceAccounts);
            case Preflight.PolicyFull full ->
                conditions.set(
                        ConditionType.QuotaLeft,
                        Truth.False,
                        Reason.RoomLow,
                        principals(full.project(), full.principals()));
            case Preflight.PermissionsMissing ignored -> conditions.keep(ConditionType.QuotaLeft);
            case Preflight.RoleUnfit ignored -> conditions.keep(ConditionType.QuotaLeft);
            case Preflight.Refused ignored -> conditions.keep(ConditionType.QuotaLeft);
        }
    }

    private static void add(ConditionSet conditions, Room room, String project, int serviceAccounts) {
        List<String> low = new ArrayList<>();
        room.accounts()
                .filter(count -> isLow(count, serviceAccounts))
                .ifPresent(
                        count -> low.add(
                                "projects/" + project + " holds " + count + " of " + serviceAccounts
                                        + " service accounts; delete some, or ask Google for more and say so in spec.quotas.serviceAccounts"));
        new TreeMap<>(room.principals()).forEach((where, count) -> {
            if (isLow(count, ObservedPolicy.MOST_PRINCIPALS)) {
                low.add(principals(where, count));
            }
        });
        if (!low.isEmpty()) {
            conditions.set(ConditionType.QuotaLeft, Truth.False, Reason.RoomLow, String.join("; ", low));
        } else if (room.accounts().isEmpty()) {
            conditions.set(
                    ConditionType.QuotaLeft,
                    Truth.Unknown,
                    Reason.RoomUnread,
                    "service accounts of projects/" + project + " cannot be counted without " + COUNTING + "; run: "
                            + Remedy.operatorPermission(project, COUNTING));
        } else {
            conditions.set(
                    ConditionType.QuotaLeft,
                    Truth.True,
                    Reason.RoomLeft,
                    "less than " + LOW + " % of " + serviceAccounts + " service accounts, and of "
                            + ObservedPolicy.MOST_PRINCIPALS + " principals in a policy, are used");
        }
    }

    private static boolean isLow(int count, int limit) {
        return (long) count * ALL >= (long) limit * LOW;
    }

    private static String principals(String project, int count) {
        return "the IAM policy of projects/" + project + " holds " + count + " of " + ObservedPolicy.MOST_PRINCIPALS
                + " principals; grant to groups there";
    }
}
