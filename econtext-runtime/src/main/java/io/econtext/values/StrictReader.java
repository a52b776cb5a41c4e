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
    private static final int INT = 0x24;
    private static final int LONG = 0x25;
    private static final int INT_LENGTH = 6; // at most for an int, at least for a long
    private static final int DOUBLE = 0x29;
    private static final int FIRST_ASCII = 0x40;
    private static final int LAST_ASCII = 0x7F;
    private static final int FIRST_ASCII_NAME = 0x80;
    private static final int LAST_ASCII_NAME = 0xBF;
    private static final int LONG_ASCII = 0xE0;
    private static final int BINARY = 0xFD;

    private StrictReader(byte[] document, int offset, int length) {
        super(document, offset, length);
    }

    /** Finds all that is wrong with a document's form. */
    static void walk(byte[] document, int offset, int length) {
        StrictReader in = new StrictReader(document, offset, length);
        in.value();
        in.end();
    }

    private void value() {
        int start = pos;
        int token = one();
        if (token == BINARY) { // not copied
            int size = fits(vint()); // reading it moves pos
            pos += size;
            return;
        }
        pos = start;
        Object found = next();
        int length = pos - start;
        boolean sound = switch (token) {
            case INT -> length <= INT_LENGTH;
            case LONG -> length >= INT_LENGTH; // Jackson would see the document cut off
            case DOUBLE -> isAscii(start + 1, pos);
            case LONG_ASCII -> isAscii(start + 1, pos - 1);
            default -> token < FIRST_ASCII || token > LAST_ASCII || isAscii(start + 1, pos);
        };
        if (!sound) {
            throw bad("value");
        }
        parts(found);
    }

    private void parts(Object token) {
        if (token == ARRAY) {
            while (more()) {
                value();
            }
        } else if (token == OBJECT) {
            while (hasName()) {
                value();
            }
        }
    }

    private boolean hasName() {
        int start = pos;
        boolean more = name() != null;
        int token = buf[start] & 0xFF;
        if (token >= FIRST_ASCII_NAME && token <= LAST_ASCII_NAME && !isAscii(start + 1, pos)) {
            throw bad("name");
        }
        return more;
    }

    /** Whether the bytes have seven bits, which Jackson takes for granted. */
    private boolean isAscii(int start, int end) {
        for (int i = start; i < end; i++) {
            if (buf[i] < 0) {
                return false;
            }
        }
        return true;
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
