package dev.secureprediction.cli.quickstart;

/** What the quick start needs of the sandbox's issuer and model, so that its calls can be tested without either. */
public interface People {

    /** A valid token of a person, for an audience. */
    String token(String user, String audience);

    /** A token of a person that was valid until a while ago. */
    String expiredToken(String user, String audience);

    /** The issuer signs with another key from now on, and no longer publishes the old one. */
    void rotateKey();

    /** The model answers the next call only after the gateway's patience has ended. */
    void makeNextAnswerLate();
}
