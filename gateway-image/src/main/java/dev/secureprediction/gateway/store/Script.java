package dev.secureprediction.gateway.store;

import io.vertx.core.Future;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/** A script that the server keeps under its SHA-1 once it has seen it. */
final class Script {
    private final String text;
    private final String sha1;

    private Script(String text, String sha1) {
        this.text = text;
        this.sha1 = sha1;
    }

    /** One of this package's resources. */
    static Script of(String name) {
        try (InputStream in = Script.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("no resource " + name);
            }
            byte[] bytes = in.readAllBytes();
            // how the protocol names scripts, not for security
            byte[] digest = MessageDigest.getInstance("SHA-1").digest(bytes);
            return new Script(
                    new String(bytes, StandardCharsets.UTF_8), HexFormat.of().formatHex(digest));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-1", e);
        }
    }

    Future<Response> run(RedisServer server, List<String> keys, List<String> arguments) {
        return server.ask(request(Command.EVALSHA, sha1, keys, arguments))
                .recover(e -> isUnknown(e)
                        ? server.ask(request(Command.EVAL, text, keys, arguments))
                        : Future.failedFuture(e))
                .map(Optional::orElseThrow);
    }

    private static boolean isUnknown(Throwable e) {
        return e.getMessage() != null && e.getMessage().startsWith("NOSCRIPT");
    }

    private static Request request(Command command, String script, List<String> keys, List<String> arguments) {
        Request request = Request.cmd(command).arg(script).arg(keys.size());
        keys.forEach(request::arg);
        arguments.forEach(request::arg);
        return request;
    }
}
