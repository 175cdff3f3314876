/** What users install and copy: the chart, Argo CD's scripts, on the real tools. */
@NullMarked
package dev.secureprediction.operator.delivery;

import org.jspecify.annotations.NullMarked;
