/** What developers are told by kubectl itself. */
@org.jspecify.annotations.NullMarked
package dev.secureprediction.operator.admission;
