package dev.secureprediction.operator.render;

/** The container's ports. */
public final class GatewayPorts {

    public static final String PUBLIC_NAME = "https";
    public static final String ADMIN_NAME = "admin";

    static final int PUBLIC = 8443;
    static final int ADMIN = 8081;

    private GatewayPorts() {}
}
