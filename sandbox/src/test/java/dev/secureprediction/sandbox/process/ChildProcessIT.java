package dev.secureprediction.sandbox.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Children end with their parent, and nobody else's processes are touched. */
class ChildProcessIT {

    @TempDir
    private Path folder;

    @Test
    void aKilledParentLeavesNobody() throws Exception {
        // given: a Java process whose child has a child
        var parent = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        ParentProgram.class.getName(),
                        folder.toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        var line = new BufferedReader(new InputStreamReader(parent.getInputStream(), StandardCharsets.UTF_8))
                .readLine()
                .split(" ", 2);
        var child = Long.parseLong(line[0]);
        var workFolder = Path.of(line[1]);
        var grandchild = await().until(
                        () -> Files.readString(workFolder.resolve("family.log")).strip(), text -> !text.isEmpty());

        // when: kill -9
        parent.destroyForcibly().waitFor();

        // then
        await().atMost(Duration.ofSeconds(5)).untilAsserted(() -> {
            assertThat(ProcessIdentity.of(child)).isEmpty();
            assertThat(ProcessIdentity.of(Long.parseLong(grandchild))).isEmpty();
        });
        // and: the next start clears up after it
        try (var next = WorkFolder.create(new UserCache(folder))) {
            assertThat(workFolder).doesNotExist();
            assertThat(next.path()).exists();
        }
    }

    @Test
    void aProcessIsAskedBeforeItIsKilled() throws Exception {
        try (var polite = run("trap 'echo bye; exit 7' TERM; echo up; while :; do sleep 0.1; done")) {
            awaitLog(polite, "up");

            polite.stop(Duration.ofSeconds(10));

            assertThat(polite.exitCode()).hasValue(7);
            assertThat(Files.readString(polite.log())).contains("bye");
        }
    }

    @Test
    void aDeafProcessIsKilled() throws Exception {
        try (var deaf = run("trap '' TERM; echo up; while :; do sleep 0.1; done")) {
            awaitLog(deaf, "up");

            deaf.stop(Duration.ofMillis(300));

            assertThat(deaf.exitCode()).hasValue(137);
        }
    }

    @Test
    void anEndTakesWhatItStartedWithIt() throws Exception {
        var brief = run("sleep 600 & echo $!");
        brief.onExit().join();

        var orphan = Long.parseLong(Files.readString(brief.log()).strip());

        await().atMost(Duration.ofSeconds(5))
                .untilAsserted(() -> assertThat(ProcessIdentity.of(orphan)).isEmpty());
    }

    @Test
    void aMissingProgramEndsAsInAShell() {
        var missing = ChildProcess.start(spec(List.of("no-such-program")));

        assertThat(missing.onExit().join()).isEqualTo(127);
        assertThat(missing.logTail(1)).contains("no-such-program");
    }

    @Test
    void memoryOfALivingProcessIsKnown() throws Exception {
        try (var living = run("echo up; sleep 600")) {
            awaitLog(living, "up");

            assertThat(living.residentBytes()).isBetween(100_000L, 100_000_000L);
        }
    }

    @Test
    void leftoversAreKilledOnlyIfTheyAreTheSameProcess() throws Exception {
        // given: a folder of a dead owner that names two living processes, one with a wrong start time
        var left = new ProcessBuilder("sleep", "600").start();
        var foreign = new ProcessBuilder("sleep", "600").start();
        var dead = folder.resolve("sandboxes/dead");
        Files.createDirectories(dead.resolve("processes"));
        Files.writeString(dead.resolve("owner"), new ProcessIdentity(1, 0, "another-boot").toLine());
        write(dead, "left", ProcessIdentity.of(left.pid()).orElseThrow());
        var other = ProcessIdentity.of(foreign.pid()).orElseThrow();
        write(dead, "foreign", new ProcessIdentity(other.pid(), other.startTicks() - 1, other.bootId()));

        try (var next = WorkFolder.create(new UserCache(folder))) {
            assertThat(next.path()).exists();
            assertThat(left.waitFor(5, TimeUnit.SECONDS)).isTrue();
            assertThat(foreign.isAlive()).isTrue();
            assertThat(dead).doesNotExist();
        } finally {
            foreign.destroyForcibly();
        }
    }

    @Test
    void twoRangesOfAddressesDiffer() {
        var cache = new UserCache(folder);
        try (var one = LoopbackRange.claim(cache);
                var two = LoopbackRange.claim(cache)) {
            assertThat(one.nodeAddress()).isNotEqualTo(two.nodeAddress());
            var first = one.takeAddress();
            assertThat(one.takeAddress()).isNotEqualTo(first);
        }
    }

    private static void write(Path folder, String name, ProcessIdentity identity) throws IOException {
        Files.writeString(folder.resolve("processes/" + name + ".pid"), identity.toLine());
    }

    private ChildProcess run(String script) {
        return ChildProcess.start(spec(List.of("/bin/sh", "-c", script)));
    }

    private ProcessSpec spec(List<String> command) {
        return new ProcessSpec("child", command, Map.of(), folder, folder.resolve("child.log"), folder);
    }

    private static void awaitLog(ChildProcess process, String text) {
        await().until(() -> Files.readString(process.log()).contains(text));
    }
}
