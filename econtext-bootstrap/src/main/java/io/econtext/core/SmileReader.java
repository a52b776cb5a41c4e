package io.econtext.core;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;

/**
 * Reads one Smile document token by token, as {@link SmileWriter} draws it, and believes no length.
 *
 * <p>For one thread.
 */
public class SmileReader extends ByteArrayInputStream {

    /** What {@link #next} answers for the begin of an array: its values follow while there are {@link #more}. */
    public static final Object ARRAY = new Object();

    /** What {@link #next} answers for the begin of an object: a {@link #name} and a value, until no name. */
    public static final Object OBJECT = new Object();

    private int depth;

    public SmileReader(byte[] document, int offset, int length) {
        super(document, offset, length);
        // What the last byte may say beyond raw binary makes a reader remember names and texts.
        if ((one() << 24 | one() << 16 | one() << 8 | one() | 4) != 0x3A290A04) {
            throw bad("header");
        }
    }

    /** The next value: boxed, text, a byte array, null, {@link #ARRAY} or {@link #OBJECT}. */
    public Object next() {
        int t = one();
        if (t >= 0x40 && t < 0xC0) {
            return text(t + 0x40);
        }
        if (t == 0x24 || t == 0x25 || t >= 0xC0 && t < 0xE0) {
            long n = t < 0x40 ? vint() : t & 0x1F;
            n = n >>> 1 ^ -(n & 1);
            if (t == 0x25) {
                return n;
            }
            if ((int) n != n) {
                throw bad("number");
            }
            return (int) n;
        }
        if (t == 0x20) {
            return text(t);
        }
        if (t == 0x21) {
            return null;
        }
        if (t == 0x22 || t == 0x23) {
            return t == 0x23;
        }
        if (t == 0x29) {
            long bits = 0;
            for (int i = 0; i < 10; i++) {
                bits = bits << 7 | one();
            }
            return Double.longBitsToDouble(bits);
        }
        if (t == 0xE0 || t == 0xE4) {
            return text(0x34);
        }
        if (t == 0xFD) {
            byte[] bytes = new byte[fits(vint())];
            read(bytes, 0, bytes.length);
            return bytes;
        }
        if (t == 0xF8 || t == 0xFA) {
            if (++depth > SmileWriter.DEPTH) {
                throw bad("depth");
            }
            return t == 0xF8 ? ARRAY : OBJECT;
        }
        pos--;
        return Binder.others().getOther(this, null);
    }

    /** Whether the array has another value; its end is consumed. */
    public boolean more() {
        if (one() != 0xF9) {
            pos--;
            return true;
        }
        depth--;
        return false;
    }

    /** The name of the object's next value, or null at its end, which is consumed. */
    public String name() {
        int t = one();
        if (t == 0xFB) {
            depth--;
            return null;
        }
        if (t > 0xF7) {
            throw bad("name");
        }
        return text(t);
    }

    /** Says that the document must end here. */
    public void end() {
        if (pos < count) {
            throw bad("end");
        }
    }

    /** The next byte, as the number that it is without sign. */
    public int one() {
        fits(1);
        return buf[pos++] & 0xFF;
    }

    /** A number of at most 64 bits, without sign. */
    public long vint() {
        long v = 0;
        for (int i = 0; i < 10; i++) {
            int b = one();
            if (b > 0x7F) {
                return v << 6 | b & 0x3F;
            }
            v = v << 7 | b;
        }
        throw bad("number");
    }

    /** The length, if there are as many bytes left. */
    public int fits(long length) {
        if (length < 0 || length > count - pos) {
            throw bad("length");
        }
        return (int) length;
    }

    public ValueException bad(String what) {
        return new ValueException("bad " + what + " at byte " + pos);
    }

    private String text(int token) {
        int start = pos;
        int end = start;
        if (token == 0x34) {
            while (one() != 0xFC) {
                end = pos;
            }
        } else if (token > 0x7F) {
            end = pos += fits(token - (token < 0xC0 ? 0x7F : 0xBE));
        } else if (token != 0x20) {
            throw bad("name");
        }
        return decode(start, end);
    }

    /** The text in a part of {@code buf}. On a target, which trusts its parent, malformed text is mended. */
    protected String decode(int start, int end) {
        return new String(buf, start, end - start, StandardCharsets.UTF_8);
    }
}
