/** What holds for the sources of the whole repository and for the layers of the operator. */
@NullMarked
package dev.secureprediction.operator.architecture;

import org.jspecify.annotations.NullMarked;
