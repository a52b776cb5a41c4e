package io.econtext.types;

import io.econtext.core.SmileReader;
import io.econtext.core.SmileWriter;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.math.BigInteger;

/**
 * The numbers, and the character, that the core leaves out.
 *
 * <p>Stateless.
 *
 * <pre>
 * 28 bytes7                   float: five times seven bits, right-aligned
 * 26 vint bytes7              BigInteger: number of bytes, then their bits in sevens; what is left over at the right
 * 2A vint vint bytes7         BigDecimal: scale in zigzag form, then as BigInteger
 * </pre>
 *
 * A char is a text of one; byte and short are integers as the core writes them.
 */
final class NumberForm implements Form {
    private static final int MOST_SCALE = 1 << 30;
    /** The time to write a number as text, as errors do, grows with the square of its length. */
    private static final int MOST_BYTES = 1 << 16;

    @Override
    public void check(Object value, Type declared) {
        Class<?> type = value.getClass();
        boolean named = declared != Object.class && declared != Number.class;
        if (!CoreForm.serves(type) && !Forms.isNumber(type) || type == Character.class && !named) {
            throw Forms.refused(type, "is declared as " + declared.getTypeName() + " only");
        }
        if (type == BigDecimal.class) {
            check(((BigDecimal) value).unscaledValue(), type);
            if (!isScale(((BigDecimal) value).scale())) {
                throw Forms.refused(type, "has a scale beyond 2^30");
            }
        } else if (type == BigInteger.class) {
            check((BigInteger) value, type);
        }
    }

    private static void check(BigInteger number, Class<?> type) {
        if (number.bitLength() >= MOST_BYTES * 8) {
            throw Forms.refused(type, "takes more than " + MOST_BYTES + " bytes");
        }
    }

    @Override
    public void put(SmileWriter out, Object value, Type declared) {
        if (value instanceof Float) {
            out.write(0x28);
            int bits = Float.floatToRawIntBits((Float) value);
            for (int shift = 28; shift >= 0; shift -= 7) {
                out.write(bits >>> shift & 0x7F);
            }
        } else if (value instanceof BigInteger) {
            out.write(0x26);
            put(out, (BigInteger) value);
        } else if (value instanceof BigDecimal) {
            BigDecimal number = (BigDecimal) value;
            out.write(0x2A);
            out.vint((long) number.scale() << 1 ^ (long) number.scale() >> 63);
            put(out, number.unscaledValue());
        } else if (value instanceof Character) {
            out.scalar(value.toString());
        } else {
            out.scalar(((Number) value).intValue());
        }
    }

    @Override
    public Object get(SmileReader in, Type declared) {
        Object found = in.next();
        if (found == null && !((Class<?>) declared).isPrimitive()) {
            return null;
        }
        if (found instanceof Integer) {
            int n = (Integer) found;
            if ((declared == short.class || declared == Short.class) && (short) n == n) {
                return (short) n;
            }
            if ((declared == byte.class || declared == Byte.class) && (byte) n == n) {
                return (byte) n;
            }
        }
        if (found instanceof String && ((String) found).length() == 1) {
            if (declared == char.class || declared == Character.class) {
                return ((String) found).charAt(0);
            }
        }
        boolean same = declared == float.class ? found instanceof Float : ((Class<?>) declared).isInstance(found);
        if (!same) {
            throw Form.bad(in, declared);
        }
        return found;
    }

    /** Reads a value whose token the core doesn't know. */
    static Number rare(SmileReader in) {
        switch (in.one()) {
            case 0x26:
                return big(in);
            case 0x28:
                int bits = 0;
                for (int i = 0; i < 5; i++) {
                    bits = bits << 7 | bits(in, 7);
                }
                return Float.intBitsToFloat(bits);
            case 0x2A:
                long scale = in.vint();
                scale = scale >>> 1 ^ -(scale & 1);
                if (!isScale(scale)) {
                    throw in.bad("scale");
                }
                return new BigDecimal(big(in), (int) scale);
            default:
                throw in.bad("value");
        }
    }

    /** Jackson writes greater ones wrong, without a word. */
    private static boolean isScale(long scale) {
        return scale >= -MOST_SCALE && scale < MOST_SCALE;
    }

    private static void put(SmileWriter out, BigInteger number) {
        byte[] bytes = number.toByteArray();
        out.vint(bytes.length);
        int held = 0;
        int bits = 0;
        for (int i = 0; i < bytes.length; i++) {
            held = held << 8 | bytes[i] & 0xFF;
            for (bits += 8; bits >= 7; bits -= 7) {
                out.write(held >> bits - 7 & 0x7F);
            }
        }
        if (bits > 0) { // the specification aligns the rest at the left, Jackson doesn't
            out.write(held & (1 << bits) - 1);
        }
    }

    private static int bits(SmileReader in, int number) {
        int bits = in.one();
        if (bits >> number != 0) {
            throw in.bad("number");
        }
        return bits;
    }

    private static BigInteger big(SmileReader in) {
        long length = in.vint();
        long left = length * 8;
        if (length < 1 || length > MOST_BYTES) {
            throw in.bad("length");
        }
        in.fits((left + 6) / 7);
        byte[] bytes = new byte[(int) length];
        int held = 0;
        int bits = 0;
        for (int i = 0; left > 0; left -= 7) {
            int more = left < 7 ? (int) left : 7;
            held = held << more | bits(in, more);
            bits += more;
            if (bits >= 8) {
                bits -= 8;
                bytes[i++] = (byte) (held >> bits);
            }
        }
        return new BigInteger(bytes);
    }
}
