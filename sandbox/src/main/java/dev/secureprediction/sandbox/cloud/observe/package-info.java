/** What tests read and set: the log of calls, faults and quotas. */
@NullMarked
package dev.secureprediction.sandbox.cloud.observe;

import org.jspecify.annotations.NullMarked;
