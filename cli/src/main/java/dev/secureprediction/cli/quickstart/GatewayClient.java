package dev.secureprediction.cli.quickstart;

import com.linecorp.armeria.client.ClientFactory;
import com.linecorp.armeria.client.Endpoint;
import com.linecorp.armeria.client.WebClient;
import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpMethod;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.common.RequestHeaders;
import com.linecorp.armeria.common.SessionProtocol;
import java.time.Duration;
import java.util.Optional;

/** Calls a gateway by its real name, with its certificate checked, over the port that the sandbox forwards. */
final class GatewayClient implements AutoCloseable {

    private final ClientFactory factory;
    private final WebClient client;

    private GatewayClient(ClientFactory factory, WebClient client) {
        this.factory = factory;
        this.client = client;
    }

    static GatewayClient to(Target target) {
        ClientFactory factory = ClientFactory.builder()
                .tlsCustomizer(tls -> tls.trustManager(target.authority().toFile()))
                .build();
        Endpoint endpoint = Endpoint.of(
                        target.url().getHost(), target.forwarded().getPort())
                .withIpAddr(target.forwarded().getHostString());
        WebClient client = WebClient.builder(SessionProtocol.HTTPS, endpoint)
                .factory(factory)
                .responseTimeout(Duration.ofSeconds(30))
                .build();
        return new GatewayClient(factory, client);
    }

    Answer post(String path, Optional<String> token, String body) {
        var headers = RequestHeaders.builder(HttpMethod.POST, path).contentType(MediaType.JSON);
        token.ifPresent(value -> headers.add(HttpHeaderNames.AUTHORIZATION, "Bearer " + value));
        long started = System.nanoTime();
        var response = client.execute(HttpRequest.of(headers.build(), HttpData.ofUtf8(body)))
                .split();
        // subscribed to rather than collected: collecting would note times only at the end
        Arrivals arrivals =
                new Arrivals(started, response.headers().join().status().code());
        response.body().subscribe(arrivals);
        return arrivals.join();
    }

    @Override
    public void close() {
        factory.close();
    }
}
