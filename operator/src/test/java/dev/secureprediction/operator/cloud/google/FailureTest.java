package dev.secureprediction.operator.cloud.google;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Duration;
import com.google.rpc.Code;
import com.google.rpc.ErrorInfo;
import com.google.rpc.RetryInfo;
import dev.secureprediction.operator.cloud.CloudException;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class FailureTest {

    @Test
    void names_the_permission_from_the_details() {
        ErrorInfo info = ErrorInfo.newBuilder()
                .setReason("IAM_PERMISSION_DENIED")
                .putMetadata("permission", "aiplatform.endpoints.create")
                .putMetadata("resource", "projects/p/locations/l")
                .build();

        CloudException e = new Failure(Code.PERMISSION_DENIED, "no", Optional.of(info), Optional.empty())
                .toException("endpoints/x");

        assertThat(e).isInstanceOfSatisfying(CloudException.Denied.class, denied -> {
            assertThat(denied.permission()).isEqualTo("aiplatform.endpoints.create");
            assertThat(denied.resource()).isEqualTo("projects/p/locations/l");
        });
    }

    @ParameterizedTest
    @CsvSource({
        "Permission 'iam.roles.get' denied on resource (or it may not exist)., iam.roles.get",
        "Required permission resourcemanager.projects.setIamPolicy is missing, resourcemanager.projects.setIamPolicy",
    })
    void names_the_permission_from_the_words_where_there_are_no_details(String message, String permission) {
        assertThat(Failure.of(Code.PERMISSION_DENIED, message).toException("x"))
                .isInstanceOfSatisfying(
                        CloudException.Denied.class,
                        denied -> assertThat(denied.permission()).isEqualTo(permission));
    }

    @Test
    void says_how_long_to_wait_for_quota() {
        RetryInfo retry = RetryInfo.newBuilder()
                .setRetryDelay(Duration.newBuilder().setSeconds(42))
                .build();

        CloudException e = new Failure(Code.RESOURCE_EXHAUSTED, "quota", Optional.empty(), Optional.of(retry))
                .toException("endpoints/x");

        assertThat(e).isInstanceOf(CloudException.QuotaExceeded.class);
        assertThat(e.retryAfter()).contains(java.time.Duration.ofSeconds(42));
        assertThat(e.transientFailure()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "NOT_FOUND, NotFound, false",
        "ALREADY_EXISTS, Conflict, true",
        "ABORTED, Conflict, true",
        "FAILED_PRECONDITION, Conflict, true",
        "UNAVAILABLE, Unavailable, true",
        "DEADLINE_EXCEEDED, Unavailable, true",
        "INTERNAL, Unavailable, true",
        "UNKNOWN, Unavailable, true",
        "CANCELLED, Unavailable, true",
        "UNAUTHENTICATED, Denied, false",
        "INVALID_ARGUMENT, Invalid, false",
        "UNIMPLEMENTED, Invalid, false",
    })
    void every_code_is_one_of_ours(Code code, String kind, boolean mayPass) {
        CloudException e = Failure.of(code, "words").toException("endpoints/x");

        assertThat(e.getClass().getSimpleName()).isEqualTo(kind);
        assertThat(e.transientFailure()).isEqualTo(mayPass);
    }

    @Test
    void a_member_that_is_not_seen_yet_is_a_matter_of_time() {
        assertThat(Failure.of(Code.INVALID_ARGUMENT, "Service account a@p.iam.gserviceaccount.com does not exist.")
                        .toException("projects/p"))
                .isInstanceOf(CloudException.Propagating.class);
    }

    @Test
    void an_unavailable_service_is_not_quoted_since_it_names_hosts() {
        assertThat(Failure.of(Code.UNAVAILABLE, "io exception: /10.0.0.7:443").toException("endpoints/x"))
                .hasMessageNotContaining("10.0.0.7");
    }
}
