/** The same rules as at reconcile time, told at admission: ValidatingAdmissionPolicies with environments as parameters. */
@NullMarked
package dev.secureprediction.operator.admission;

import org.jspecify.annotations.NullMarked;
