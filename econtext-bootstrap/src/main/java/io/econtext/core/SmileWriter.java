package io.econtext.core;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/**
 * Writes one Smile document: no back references, binary raw, numbers as short as their value allows.
 *
 * <p>For one thread.
 *
 * <pre>
 * 3A 29 0A 04                 header: version 0, raw binary, nothing shared
 * 20 21 22 23                 "", null, false, true
 * C0+z                        integer -16 to 15, z its zigzag form
 * 24 vint   25 vint           int, long, zigzag
 * 29 bytes7                   double: ten times seven bits, right-aligned
 * 26 … 28 … 2A …              the rarer numbers: see io.econtext.types
 * 3F+n bytes 7E+n bytes       text up to 64 bytes of UTF-8: ASCII, other
 * E0 bytes FC E4 bytes FC     longer text: ASCII, other
 * FD vint bytes               binary
 * F8 … F9   FA … FB           array, object; an object alternates names and values:
 * 7F+n bytes BE+n bytes       name up to 64 bytes: ASCII; up to 56: other
 * 20   34 bytes FC            name "", longer name
 *
 * vint: seven bits a byte, most significant first; the last byte has its top bit set and six bits
 * </pre>
 */
public final class SmileWriter extends ByteArrayOutputStream {

    public static final int ARRAY = 0xF8;
    public static final int OBJECT = 0xFA;

    static final int DEPTH = 100;

    private int depth;

    public SmileWriter() {
        write(0x3A);
        write(0x29);
        write(0x0A);
        write(0x04);
    }

    /** Writes null, a Boolean, Integer, Long, Double, String or byte[]; false, and nothing, for all others. */
    public boolean scalar(Object v) {
        if (v == null) {
            write(0x21);
        } else if (v instanceof String) {
            text((String) v, 64, 0x3F, 0xE0);
        } else if (v instanceof Boolean) {
            write((Boolean) v ? 0x23 : 0x22);
        } else if (v instanceof byte[]) {
            byte[] bytes = (byte[]) v;
            write(0xFD);
            vint(bytes.length);
            write(bytes, 0, bytes.length);
        } else if (v instanceof Double) {
            write(0x29);
            bits(Double.doubleToRawLongBits((Double) v), 70, 0);
        } else if (v instanceof Integer || v instanceof Long) {
            long n = ((Number) v).longValue();
            long zigzag = n << 1 ^ n >> 63;
            if (zigzag >= 0 && zigzag < 32) {
                write(0xC0 + (int) zigzag);
            } else {
                write((int) n == n ? 0x24 : 0x25);
                vint(zigzag);
            }
        } else {
            return false;
        }
        return true;
    }

    public void name(String name) {
        text(name, 56, 0x7F, 0x34);
    }

    /** Begins an {@link #ARRAY} or an {@link #OBJECT}. */
    public void open(int token) {
        if (++depth > DEPTH) {
            throw new ValueException("too deep: a cycle?");
        }
        write(token);
    }

    public void close(int token) {
        depth--;
        write(token + 1);
    }

    private void text(String s, int most, int shorter, int longer) {
        byte[] bytes = s.getBytes(StandardCharsets.UTF_8); // half a character, at the end of a cut text, becomes ?
        int n = bytes.length;
        boolean ascii = n == s.length();
        boolean ended = n > (ascii ? 64 : most);
        if (n == 0) {
            write(0x20);
        } else if (ended) {
            write(ascii ? longer : longer | 4);
        } else {
            write(ascii ? shorter + n : shorter + 0x3F + n);
        }
        write(bytes, 0, n);
        if (ended) {
            write(0xFC);
        }
    }

    /** Writes a number of at most 64 bits, without sign. */
    public void vint(long v) {
        int shift = 6;
        while (shift < 64 && v >>> shift != 0) {
            shift += 7;
        }
        bits(v, shift, 6);
        write((int) v & 0x3F | 0x80);
    }

    /** The bits of {@code v} from number {@code from} down to number {@code to}, seven in a byte. */
    private void bits(long v, int from, int to) {
        while (from > to) {
            from -= 7;
            write((int) (v >>> from) & 0x7F);
        }
    }
}
