package dev.secureprediction.bench.operator;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;

/** The admin port's report, and the refusals of the public one. */
@SuppressWarnings("FutureReturnValueIgnored") // a write that fails closes the connection
final class StubAnswers extends SimpleChannelInboundHandler<FullHttpRequest> {
    private static final String BEARER = "Bearer ";

    private final String gateway;
    private final GatewayFiles files;
    private final TokenRules tokens;
    private final Runnable lastProbe;

    StubAnswers(String gateway, GatewayFiles files, TokenRules tokens, Runnable lastProbe) {
        this.gateway = gateway;
        this.files = files;
        this.tokens = tokens;
        this.lastProbe = lastProbe;
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, FullHttpRequest request) {
        if (request.uri().equals("/policy")) {
            answer(context, request, 200, report());
            return;
        }
        Optional<String> token = Optional.ofNullable(request.headers().get(HttpHeaderNames.AUTHORIZATION))
                .filter(value -> value.startsWith(BEARER))
                .map(value -> value.substring(BEARER.length()));
        Optional<TokenRules.Refusal> refusal = tokens.refusal(token, request.uri());
        if (request.uri().contains("-other")) {
            lastProbe.run();
        }
        if (refusal.isPresent()) {
            answer(context, request, refusal.get().status(), error(refusal.get()));
        } else {
            answer(context, request, 200, "{\"candidates\":[]}");
        }
    }

    private String report() {
        String digest = files.digest(gateway).map(found -> "\"" + found + "\"").orElse("null");
        return "{\"policyDigest\":" + digest + ",\"selfTest\":\"Passed\",\"lastRefusal\":null,"
                + "\"permissions\":{\"askedAt\":\"" + Instant.now()
                + "\",\"missing\":[],\"excess\":[],\"unread\":[]},\"issuers\":[],\"auditHead\":null}";
    }

    private static String error(TokenRules.Refusal refusal) {
        return "{\"error\":{\"code\":" + refusal.status() + ",\"message\":\"refused\",\"status\":\"PERMISSION_DENIED\","
                + "\"details\":[{\"@type\":\"type.googleapis.com/google.rpc.ErrorInfo\",\"reason\":\""
                + refusal.code() + "\",\"domain\":\"secureprediction.dev\"}]}}";
    }

    private static void answer(ChannelHandlerContext context, FullHttpRequest request, int status, String body) {
        var response = new DefaultFullHttpResponse(
                HttpVersion.HTTP_1_1,
                HttpResponseStatus.valueOf(status),
                Unpooled.copiedBuffer(body, StandardCharsets.UTF_8));
        response.headers()
                .set(HttpHeaderNames.CONTENT_TYPE, "application/json")
                .set(HttpHeaderNames.CONTENT_LENGTH, response.content().readableBytes());
        var written = context.writeAndFlush(response);
        if (!HttpUtil.isKeepAlive(request)) {
            written.addListener(ChannelFutureListener.CLOSE);
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        context.close(); // an aborted handshake is the caller's affair
    }
}
