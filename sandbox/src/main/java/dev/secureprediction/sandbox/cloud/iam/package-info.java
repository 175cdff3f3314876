/** Identity and access: who calls, what they may do, and whose account is whose. */
@NullMarked
package dev.secureprediction.sandbox.cloud.iam;

import org.jspecify.annotations.NullMarked;
