package dev.secureprediction.sandbox.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The API server's log, read while it is written. */
class AuditLogTest {

    private static final String PATCH = """
            {"kind":"Event","auditID":"1","stage":"ResponseComplete","verb":"patch","user":{"username":"admin"},"impersonatedUser":\
            {"username":"dev@example.com"},"userAgent":"kubectl","objectRef":{"resource":"pods","namespace":"a","name":"b",\
            "subresource":"status"},"responseStatus":{"code":200},"requestReceivedTimestamp":"2026-11-22T19:16:00.123456Z"}
            """;
    private static final String TOKEN = """
            {"verb":"create","user":{"username":"node"},"objectRef":{"resource":"serviceaccounts","subresource":"token"},\
            "responseStatus":{"code":201},"requestReceivedTimestamp":"2026-11-22T19:16:01.000000Z"}
            """;

    @TempDir
    private Path folder;

    @Test
    void tellsWhoChangedWhat() throws Exception {
        var log = new AuditLog(Files.writeString(folder.resolve("audit.log"), PATCH));

        assertThat(log.all()).singleElement().satisfies(request -> {
            assertThat(request.actor()).isEqualTo("dev@example.com");
            assertThat(request.impersonated()).isEqualTo(Optional.of("dev@example.com"));
            assertThat(request.resource()).isEqualTo("pods/status");
            assertThat(request.mutating()).isTrue();
            assertThat(request.code()).isEqualTo(200);
        });
    }

    @Test
    void readsOnFromAMarkAndLeavesAnUnfinishedLine() throws Exception {
        var file = Files.writeString(folder.resolve("audit.log"), PATCH);
        var log = new AuditLog(file);
        var mark = log.mark();

        Files.writeString(file, TOKEN + PATCH.substring(0, 40), StandardOpenOption.APPEND);

        assertThat(log.since(mark))
                .singleElement()
                .satisfies(request -> assertThat(request.resource()).isEqualTo("serviceaccounts/token"));
    }

    @Test
    void aTokenRequestChangesNothing() throws Exception {
        var log = new AuditLog(Files.writeString(folder.resolve("audit.log"), TOKEN));

        assertThat(log.all())
                .singleElement()
                .satisfies(request -> assertThat(request.mutating()).isFalse());
    }

    @Test
    void isEmptyBeforeTheFirstRequest() {
        assertThat(new AuditLog(folder.resolve("none")).all()).isEmpty();
    }
}
