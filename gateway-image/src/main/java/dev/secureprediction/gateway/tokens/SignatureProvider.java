package dev.secureprediction.gateway.tokens;

import com.amazon.corretto.crypto.provider.AmazonCorrettoCryptoProvider;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.Provider;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Who computes signatures: Amazon Corretto's native code where it loads (ES256 takes a tenth of the JDK's time), the JDK
 * otherwise. It is asked for by name and never installed, so nothing else in the process changes.
 */
public final class SignatureProvider {
    private static final Logger LOG = LoggerFactory.getLogger(SignatureProvider.class);

    private final Optional<Provider> provider;

    private SignatureProvider(Optional<Provider> provider) {
        this.provider = provider;
    }

    /** Loads the native code; takes some 0.3 s. */
    public static SignatureProvider load() {
        try {
            AmazonCorrettoCryptoProvider corretto = AmazonCorrettoCryptoProvider.INSTANCE;
            if (corretto.getLoadingError() == null) {
                return new SignatureProvider(Optional.of(corretto));
            }
        } catch (LinkageError e) {
            LOG.debug("native signatures do not link", e);
        }
        LOG.info("signatures are computed by the JDK: no native code for this platform");
        return jdk();
    }

    /** The JDK's own. */
    public static SignatureProvider jdk() {
        return new SignatureProvider(Optional.empty());
    }

    Optional<Provider> provider() {
        return provider;
    }

    /** The key as the provider's own object, which saves a conversion per signature. */
    RSAPublicKey nativeKey(RSAPublicKey key) throws GeneralSecurityException {
        return provider.isPresent()
                ? (RSAPublicKey) KeyFactory.getInstance("RSA", provider.get())
                        .generatePublic(new X509EncodedKeySpec(key.getEncoded()))
                : key;
    }

    /** The key as the provider's own object, which saves a conversion per signature. */
    ECPublicKey nativeKey(ECPublicKey key) throws GeneralSecurityException {
        return provider.isPresent()
                ? (ECPublicKey) KeyFactory.getInstance("EC", provider.get())
                        .generatePublic(new X509EncodedKeySpec(key.getEncoded()))
                : key;
    }
}
