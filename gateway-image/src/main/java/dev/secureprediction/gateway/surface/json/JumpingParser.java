package dev.secureprediction.gateway.surface.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.io.IOContext;
import com.fasterxml.jackson.core.json.UTF8StreamJsonParser;
import com.fasterxml.jackson.core.sym.ByteQuadsCanonicalizer;

/** Jackson's parser, that can be told where the object or array ends whose beginning it has just read. */
final class JumpingParser extends UTF8StreamJsonParser {

    private JumpingParser(IOContext context, int features, ByteQuadsCanonicalizer symbols, byte[] data) {
        super(context, features, null, null, symbols, data, 0, data.length, 0, false);
    }

    /**
     * Goes on at a closing bracket, as if nothing stood before it. The current token must be the opening one.
     *
     * @param closing index of the bracket
     */
    void jump(int closing) {
        _inputPtr = closing;
    }

    /** How many brackets are open. */
    int depth() {
        return _parsingContext.getNestingDepth();
    }

    /** Makes them. */
    static final class Factory extends JsonFactory {
        private static final long serialVersionUID = 1;

        Factory(JsonFactoryBuilder builder) {
            super(builder);
        }

        /** Of bytes in UTF-8. */
        @Override
        public JumpingParser createParser(byte[] data) {
            return new JumpingParser(
                    _createContext(_createContentReference(data), true),
                    _parserFeatures,
                    _byteSymbolCanonicalizer.makeChild(_factoryFeatures),
                    data);
        }
    }
}
