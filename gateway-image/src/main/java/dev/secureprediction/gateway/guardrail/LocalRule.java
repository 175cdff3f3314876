package dev.secureprediction.gateway.guardrail;

import java.util.List;

/** A check that needs nobody else. Immutable; its time is linear in the text. */
sealed interface LocalRule permits DenyRule, SensitiveRule {

    /** Whether what is found is replaced; else the call is stopped. */
    boolean masks();

    /** Longest thing that it can find, in code points. */
    int longest();

    /**
     * What is found in a text. Where more may stand on either side, what would be found for want of it is left out: it is
     * found when the text is complete.
     *
     * @param begun whether there is text before this one, of which its first char is a part
     * @param more whether text follows
     */
    List<Finding> find(String text, boolean begun, boolean more);
}
