package dev.secureprediction.gateway.tokens;

/** Whether a caller may cost the work of checking another signature; told when one was wrong. */
public interface SignatureWork {
    /** No bound; for callers that are trusted to be few. */
    SignatureWork UNBOUNDED = new SignatureWork() {
        @Override
        public boolean allowed() {
            return true;
        }

        @Override
        public void wasWrong() {
            // nobody counts
        }
    };

    boolean allowed();

    void wasWrong();
}
