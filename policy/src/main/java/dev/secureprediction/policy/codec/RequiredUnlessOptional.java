package dev.secureprediction.policy.codec;

import com.fasterxml.jackson.databind.introspect.AnnotatedMember;
import com.fasterxml.jackson.databind.introspect.AnnotatedParameter;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Every component of a record must be there, but those of type {@link Optional}. */
final class RequiredUnlessOptional extends JacksonAnnotationIntrospector {

    @Override
    public @Nullable Boolean hasRequiredMarker(AnnotatedMember member) {
        if (member instanceof AnnotatedParameter) {
            return member.getRawType() != Optional.class;
        }
        return super.hasRequiredMarker(member);
    }
}
