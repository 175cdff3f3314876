/** What the operator's accounts need in Google Cloud, by feature, and the page that says so. */
@NullMarked
package dev.secureprediction.operator.permission;

import org.jspecify.annotations.NullMarked;
