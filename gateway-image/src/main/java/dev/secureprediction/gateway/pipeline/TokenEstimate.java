package dev.secureprediction.gateway.pipeline;

import dev.secureprediction.gateway.surface.Content;
import dev.secureprediction.gateway.surface.Part;

/** What a call may use at most, without a tokenizer: rather too much than too little, since it is settled afterwards. */
final class TokenEstimate {
    /** Of text, in UTF-8; no tokenizer in use takes fewer for prose. */
    static final long BYTES_PER_TOKEN = 3;

    /** Of a file, given in the body or elsewhere: an image is 258 to some 1,500, a page 258. */
    static final long TOKENS_PER_FILE = 1_500;

    /** Of an answer for which neither the request nor the role has a cap; more than that becomes debt. */
    static final long UNCAPPED_ANSWER = 8_192;

    private TokenEstimate() {}

    /** Tokens of a prompt. */
    static long ofPrompt(Content content, byte[] body) {
        long bytes = body.length;
        long files = 0;
        for (Part part : content.parts()) {
            switch (part) {
                case Part.Inline inline -> {
                    bytes -= inline.span().to() - inline.span().from();
                    files++;
                }
                case Part.File file -> files++;
                case Part.Text text -> {}
            }
        }
        return Math.ceilDiv(Math.max(0, bytes), BYTES_PER_TOKEN) + files * TOKENS_PER_FILE;
    }
}
