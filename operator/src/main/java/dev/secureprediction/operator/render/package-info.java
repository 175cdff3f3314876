/** From the desired state to Kubernetes objects: pure, one class per kind. */
@NullMarked
package dev.secureprediction.operator.render;

import org.jspecify.annotations.NullMarked;
