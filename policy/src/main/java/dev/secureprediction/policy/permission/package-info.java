/** What a gateway's own account needs in Google Cloud, and what it must not have. */
@NullMarked
package dev.secureprediction.policy.permission;

import org.jspecify.annotations.NullMarked;
