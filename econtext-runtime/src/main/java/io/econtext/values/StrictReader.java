package io.econtext.values;

import io.econtext.core.SmileReader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * Reads what came up from a target, which nobody trusts: walks over the whole document before anything is made of it, so
 * that one that lies is refused by one rule and Jackson meets only sound ones.
 *
 * <p>For one thread.
 */
final class StrictReader extends SmileReader {
    private static final int BINARY = 0xFD;

    StrictReader(byte[] document, int offset, int length) {
        super(document, offset, length);
    }

    /** Finds all that is wrong with the document's form. */
    void walk() {
        value();
        end();
    }

    private void value() {
        int start = pos;
        if (one() == BINARY) { // not copied
            int length = fits(vint()); // reading it moves pos
            pos += length;
            return;
        }
        pos = start;
        Object token = next();
        if (token == ARRAY) {
            while (more()) {
                value();
            }
        } else if (token == OBJECT) {
            while (name() != null) {
                value();
            }
        }
    }

    @Override
    protected String decode(int start, int end) {
        try {
            ByteBuffer bytes = ByteBuffer.wrap(buf, start, end - start);
            return StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
        } catch (CharacterCodingException e) {
            throw bad("UTF-8");
        }
    }
}
