@org.jspecify.annotations.NullMarked
package dev.secureprediction.gateway.surface.json;
