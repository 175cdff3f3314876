/** The chain of audit records: what a gateway writes, an operator witnesses and `spe audit verify` checks. */
@NullMarked
package dev.secureprediction.policy.audit;

import org.jspecify.annotations.NullMarked;
