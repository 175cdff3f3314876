package dev.secureprediction.gateway;

import dev.secureprediction.gateway.admin.AdminServer;
import dev.secureprediction.gateway.admin.Readiness;
import dev.secureprediction.gateway.answer.Room;
import dev.secureprediction.gateway.audit.AuditLog;
import dev.secureprediction.gateway.audit.AuditSink;
import dev.secureprediction.gateway.audit.ChannelSink;
import dev.secureprediction.gateway.cache.AnswerCache;
import dev.secureprediction.gateway.cache.LocalAnswers;
import dev.secureprediction.gateway.config.ConfigException;
import dev.secureprediction.gateway.config.GatewayConfig;
import dev.secureprediction.gateway.credential.AccessToken;
import dev.secureprediction.gateway.credential.FreshToken;
import dev.secureprediction.gateway.credential.GoogleTokenSource;
import dev.secureprediction.gateway.credential.UpstreamCredential;
import dev.secureprediction.gateway.docs.Documents;
import dev.secureprediction.gateway.guardrail.Screeners;
import dev.secureprediction.gateway.health.Breakers;
import dev.secureprediction.gateway.health.ModelVersions;
import dev.secureprediction.gateway.health.RetryBudget;
import dev.secureprediction.gateway.health.UpstreamHealth;
import dev.secureprediction.gateway.limits.Limiter;
import dev.secureprediction.gateway.metrics.GatewayMetrics;
import dev.secureprediction.gateway.otlp.OtlpAuditSink;
import dev.secureprediction.gateway.otlp.Spans;
import dev.secureprediction.gateway.permission.PermissionWatch;
import dev.secureprediction.gateway.pipeline.Acceptor;
import dev.secureprediction.gateway.pipeline.Admission;
import dev.secureprediction.gateway.pipeline.Authenticator;
import dev.secureprediction.gateway.pipeline.Authorizer;
import dev.secureprediction.gateway.pipeline.Guard;
import dev.secureprediction.gateway.pipeline.Inspector;
import dev.secureprediction.gateway.pipeline.PipelineSelfTest;
import dev.secureprediction.gateway.pipeline.Recaller;
import dev.secureprediction.gateway.pipeline.Reserver;
import dev.secureprediction.gateway.policy.PolicyCompiler;
import dev.secureprediction.gateway.policy.PolicyDirectory;
import dev.secureprediction.gateway.policy.PolicyInForce;
import dev.secureprediction.gateway.policy.PolicyReloader;
import dev.secureprediction.gateway.policy.PolicySnapshot;
import dev.secureprediction.gateway.server.Callers;
import dev.secureprediction.gateway.server.Draining;
import dev.secureprediction.gateway.server.FirstBytes;
import dev.secureprediction.gateway.server.FirstUse;
import dev.secureprediction.gateway.server.Handshakes;
import dev.secureprediction.gateway.server.Pipeline;
import dev.secureprediction.gateway.server.PublicPort;
import dev.secureprediction.gateway.server.WatchedTransport;
import dev.secureprediction.gateway.store.RedisAnswers;
import dev.secureprediction.gateway.store.RedisLimits;
import dev.secureprediction.gateway.store.RedisServer;
import dev.secureprediction.gateway.store.StoreSecret;
import dev.secureprediction.gateway.tokens.KeyRegistry;
import dev.secureprediction.gateway.tokens.RevocationList;
import dev.secureprediction.gateway.tokens.SignatureProvider;
import dev.secureprediction.gateway.tokens.WrongSignatures;
import dev.secureprediction.gateway.upstream.ModelConnections;
import dev.secureprediction.policy.model.PolicyBundle;
import dev.secureprediction.policy.model.RoleRoute;
import io.netty.channel.Channel;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** All parts of the gateway, wired. */
final class Gateway {
    private static final Logger LOG = LoggerFactory.getLogger(Gateway.class);
    private static final Duration POLL = Duration.ofMillis(500);
    private static final Duration STORE_LOOK = Duration.ofSeconds(2);
    private static final Duration SWEEP = Duration.ofSeconds(30);
    private static final Duration LAME_DUCK = Duration.ofSeconds(2);
    private static final int MAX_CALLS = ModelConnections.MOST; // a call holds one, and all may come on one loop
    private static final int AUDIT_PLACES = 8_192;
    private static final int WRONG_SIGNATURES = 100;
    private static final double WRONG_SIGNATURES_PER_SECOND = 10;
    private static final int MAX_LOOPS = 4;
    private static final int WORKERS = 2;

    private final GatewayConfig config;
    private final Draining draining = new Draining();
    private final Vertx vertx;
    private final PublicPort publicPort;
    private final AuditLog audit;
    private final ScheduledExecutorService housekeeping;
    private final List<ScheduledFuture<?>> tasks = new ArrayList<>();

    private Gateway(
            GatewayConfig config,
            Vertx vertx,
            Handshakes handshakes,
            AuditLog audit,
            ScheduledExecutorService housekeeping) {
        this.config = config;
        this.vertx = vertx;
        this.audit = audit;
        this.housekeeping = housekeeping;
        this.publicPort = new PublicPort(vertx, config, handshakes);
    }

    /**
     * Starts everything; ready when the admin port says so.
     *
     * @throws ConfigException when the certificate cannot be read
     */
    static Gateway start(GatewayConfig config) {
        // some 0.3 s, beside everything else; needed first when an issuer's keys arrive
        CompletableFuture<SignatureProvider> signatures = CompletableFuture.supplyAsync(
                SignatureProvider::load, Thread.ofPlatform().daemon()::start);
        ScheduledExecutorService housekeeping = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().daemon().name("housekeeping").factory());
        AuditLog audit = AuditLog.start(
                auditSinks(config),
                config.podName(),
                AUDIT_PLACES,
                Runtime.getRuntime().maxMemory() / 8);
        Handshakes handshakes = new Handshakes();
        Gateway gateway = new Gateway(config, vertx(config, handshakes), handshakes, audit, housekeeping);
        gateway.open(signatures::join);
        return gateway;
    }

    private static List<AuditSink> auditSinks(GatewayConfig config) {
        List<AuditSink> sinks = new ArrayList<>();
        sinks.add(ChannelSink.standardOutput());
        if (config.auditFile().isPresent()) {
            try {
                sinks.add(ChannelSink.file(config.auditFile().get()));
            } catch (IOException e) {
                throw new ConfigException("SPE_AUDIT_FILE: cannot be opened for writing: " + e.getMessage());
            }
        }
        if (config.auditByOtlp()) {
            URI endpoint = config.otlpEndpoint()
                    .orElseThrow(() -> new ConfigException("SPE_AUDIT_OTLP needs OTEL_EXPORTER_OTLP_ENDPOINT"));
            sinks.add(new OtlpAuditSink(endpoint, config.podName(), Clock.systemUTC()));
        }
        return sinks;
    }

    private void open(Supplier<SignatureProvider> signatures) {
        Clock clock = Clock.systemUTC();
        PolicyInForce policy = new PolicyInForce();
        RevocationList revocations = new RevocationList();
        KeyRegistry keys = KeyRegistry.overHttps(signatures, housekeeping, clock);
        UpstreamCredential credential = new UpstreamCredential(
                wanted -> GoogleTokenSource.of(wanted, config.federationTokenFile(), config.metadataHost(), clock),
                housekeeping,
                clock);
        PermissionWatch permissions = PermissionWatch.overHttps(clock);
        Optional<StoreSecret> storeSecret = store();
        Optional<RedisServer> store = storeSecret.map(secret -> RedisServer.at(secret, vertx));
        AnswerCache answers = new AnswerCache(
                new LocalAnswers(Runtime.getRuntime().maxMemory() / 16),
                storeSecret.flatMap(StoreSecret::encryptionKey).map(key -> new RedisAnswers(store.orElseThrow())));
        Limiter limiter = Limiter.of(store.map(RedisLimits::new), System::nanoTime);
        Admission admission = new Admission(MAX_CALLS, Runtime.getRuntime().maxMemory() / 4, limiter);
        UpstreamHealth health =
                new UpstreamHealth(new Breakers(clock), new RetryBudget(), new ModelVersions(System::nanoTime));
        Spans spans = config.otlpEndpoint()
                .map(endpoint -> Spans.to(endpoint, config.podName()))
                .orElseGet(Spans::off);
        GatewayMetrics metrics = new GatewayMetrics(policy, admission::running, health, audit::lost, spans::lost);
        Pipeline pipeline = new Pipeline(
                policy,
                new Acceptor(),
                new Authenticator(),
                new Authorizer(),
                admission,
                new Inspector(),
                new Guard(),
                new Recaller(answers),
                new Reserver(limiter),
                new Room(Runtime.getRuntime().maxMemory() / 4),
                health,
                new Callers(WrongSignatures.allowing(WRONG_SIGNATURES, WRONG_SIGNATURES_PER_SECOND, System::nanoTime)),
                new Documents(),
                audit,
                spans,
                metrics,
                draining);
        PolicyReloader reloader = new PolicyReloader(
                PolicyDirectory.ofPolicy(config.policyDirectory()),
                policy,
                new PolicyCompiler(
                        keys,
                        revocations,
                        clock,
                        Runtime.getRuntime().maxMemory() / 8,
                        store.isPresent(),
                        new Screeners(() -> authorization(policy, credential))),
                keys,
                revocations,
                new PipelineSelfTest(clock),
                clock);
        FirstUse firstUse = new FirstUse(System::nanoTime);
        Runnable poll = () -> {
            reloader.poll();
            policy.current().map(PolicySnapshot::bundle).ifPresent(bundle -> {
                // minted before the first call needs it, kept fresh from then on
                FreshToken token = credential.of(bundle.upstream().credential());
                token.prepare();
                permissions.tick(bundle.upstream(), token);
                firstUse.look(firstNeeds(bundle, token));
            });
        };
        every(POLL, poll);
        new AdminServer(
                        vertx,
                        new Readiness(policy, firstUse, draining),
                        policy,
                        permissions,
                        audit,
                        health.versions(),
                        metrics)
                .listen(config.adminPort(), config.bindAddress())
                .await();
        try {
            publicPort.open(
                    pipeline,
                    credential,
                    Math.min(MAX_LOOPS, Runtime.getRuntime().availableProcessors()));
        } catch (IOException e) {
            throw new ConfigException("SPE_TLS_DIRECTORY: " + e.getMessage());
        }
        housekeeping.execute(guarded(poll)); // to connect at once
        every(POLL, publicPort::reloadCertificate);
        every(SWEEP, limiter::sweep);
        store.ifPresent(server -> every(STORE_LOOK, () -> store().ifPresent(server::use)));
        LOG.info("listening on {} and {} of {}", config.port(), config.adminPort(), config.bindAddress());
    }

    private Map<String, Supplier<CompletableFuture<?>>> firstNeeds(PolicyBundle bundle, FreshToken token) {
        Map<String, Supplier<CompletableFuture<?>>> needs = new HashMap<>();
        needs.put("an access token for the model", token::get);
        Stream.concat(
                        Stream.of(bundle.upstream().authority()),
                        bundle.roles().stream()
                                .flatMap(role -> role.route().stream())
                                .map(RoleRoute::authority))
                .forEach(authority ->
                        needs.put("a connection to " + authority, () -> publicPort.connect(authority, FirstUse.MOST)));
        return needs;
    }

    /** The gateway's own, for services that screen prompts. */
    private static CompletableFuture<String> authorization(PolicyInForce policy, UpstreamCredential credential) {
        return policy.current()
                .map(now -> credential
                        .of(now.bundle().upstream().credential())
                        .get()
                        .thenApply(AccessToken::authorization))
                .orElseGet(() -> CompletableFuture.failedFuture(new IllegalStateException("no policy is in force")));
    }

    private Optional<StoreSecret> store() {
        try {
            return config.storeDirectory().isPresent()
                    ? Optional.of(StoreSecret.read(config.storeDirectory().get()))
                    : Optional.empty();
        } catch (IOException e) {
            throw new ConfigException("SPE_STORE_DIRECTORY: " + e.getMessage());
        }
    }

    private void every(Duration interval, Runnable task) {
        tasks.add(housekeeping.scheduleWithFixedDelay(guarded(task), 0, interval.toMillis(), TimeUnit.MILLISECONDS));
    }

    private static Runnable guarded(Runnable task) {
        return () -> {
            try {
                task.run();
            } catch (RuntimeException e) {
                LOG.error("housekeeping failed, tried again", e);
            }
        };
    }

    private static Vertx vertx(GatewayConfig config, Handshakes handshakes) {
        VertxOptions options = new VertxOptions()
                .setPreferNativeTransport(true)
                .setEventLoopPoolSize(Math.min(MAX_LOOPS, Runtime.getRuntime().availableProcessors()))
                .setWorkerPoolSize(WORKERS)
                .setInternalBlockingPoolSize(WORKERS)
                // nothing is served from files: the root file system is read-only
                .setFileSystemOptions(
                        new FileSystemOptions().setFileCachingEnabled(false).setClassPathResolvingEnabled(false));
        return Vertx.builder()
                .with(options)
                .withTransport(WatchedTransport.ofSystem(connection -> {
                    if (config.tlsDirectory().isEmpty()) {
                        FirstBytes.standFirst(connection);
                    } else if (!isOf(config.adminPort(), connection)) {
                        handshakes.began(connection);
                    }
                }))
                .build();
    }

    private static boolean isOf(int port, Channel connection) {
        return connection.localAddress() instanceof InetSocketAddress local && local.getPort() == port;
    }

    /**
     * Ends: not ready any more at once, new calls still taken while the cluster learns of it, then none; running ones may
     * finish within the configured time.
     */
    void drain() {
        draining.begin();
        Duration lameDuck = config.drain().dividedBy(4).compareTo(LAME_DUCK) < 0
                ? config.drain().dividedBy(4)
                : LAME_DUCK;
        try {
            Thread.sleep(lameDuck);
            publicPort.drain(config.drain().minus(lameDuck));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        audit.close();
        tasks.forEach(task -> task.cancel(false));
        LOG.info("drained");
    }
}
