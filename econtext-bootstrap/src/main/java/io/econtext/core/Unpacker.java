package io.econtext.core;

/**
 * Makes the classes of the core from their packed form and defines them.
 *
 * <p>Packed, a class is a class file without its constant pool, cut into columns: the opcodes of all classes make up
 * one, their local variables another and so on, so that like stands beside like. A constant is 0 when it is new, and its
 * parts follow in their own columns; else it is one more than the number of constants of its kind used since it was used
 * last. What follows from other things isn't there: where stack map frames are (at all targets of jumps), lengths, the
 * constant pool of each class.
 *
 * <pre>
 * u16 bytes of each column, then the columns; a number takes one byte below 240, else two: F0 + bits 8 to 11, bits 0 to 7
 * class:   its access, itself, superclass, number of interfaces, these, number of fields, these, number of methods, these
 * field:   access, name, type
 * method:  access, name, type, number of attributes: 0, or 1 for code
 * code:    opcodes with their operands up to {@link #END}, number of handlers, these, whether there are frames, these
 * handler: start, end and place counted from the one before, type + 1 or 0
 * frame:   how it differs, then its types
 * </pre>
 *
 * <p>For one thread.
 */
public class Unpacker extends ClassLoader {
    /** For each kind of constant its tag in a class file, then the kinds of its parts. */
    public static final char[] KINDS = (""
                    + "\1zz" // 0 name of a method
                    + "\1zz" // 1 its descriptor
                    + "\1zz" // 2 name of a field
                    + "\1zz" // 3 its descriptor
                    + "\1zz" // 4 name of a class
                    + "\1zz" // 5 text
                    + "\7\4z" // 6 class
                    + "\7\4z" // 7 class in a frame
                    + "\7\4z" // 8 class whose member is used
                    + "\10\5z" // 9 String
                    + "\3zz" // 10 int
                    + "\5zz" // 11 long
                    + "\14\2\3" // 12 name and type of a field
                    + "\14\0\1" // 13 name and type of a method
                    + "\11\10\14" // 14 field
                    + "\12\10\15" // 15 method
                    + "\13\10\15") // 16 method of an interface
            .toCharArray();

    public static final char NONE = 'z';
    public static final int METHOD_NAME = 0;
    public static final int METHOD_TYPE = 1;
    public static final int FIELD_NAME = 2;
    public static final int FIELD_TYPE = 3;
    public static final int CLASS_NAME = 4;
    public static final int TEXT = 5;
    public static final int CLASS = 6;
    public static final int FRAME_CLASS = 7;
    /** The columns of the kinds come first, then these. */
    public static final int OPCODE = 17;

    public static final int JUMP = 18;
    public static final int BYTE = 19;
    public static final int VARIABLE = 20;
    public static final int COUNT = 21;
    public static final int ACCESS = 22;
    public static final int FRAME = 23;
    public static final int FRAME_TYPE = 24;
    public static final int HANDLER = 25;
    /** The first of the columns of text, one for each of its kinds. */
    public static final int BYTES = 26;

    public static final int NUMBERS = 32;
    public static final int COLUMNS = 33;

    /** For each opcode the column of its operand, counted from A; a dot for none, a question mark where unknown. */
    public static final char[] OPERANDS = ("................TTJGLUUUUU........................"
                    + "....UUUUU........................................."
                    + "................................U................."
                    + "...SSSSSSSSSSSSSSS????......OOOOPPPQ?GTG..GG..??SS"
                    + "??K")
            .toCharArray();

    /** Opcodes of the packed form: what is an ldc_w there, and the end of a method. */
    public static final int LDC_STRING = 18;

    public static final int LDC_INT = 202;
    public static final int END = 239;

    /** Frames, which are told apart no further: the same; and of the verifier's types two. */
    public static final int SAME = 251;

    public static final int ONE_TYPE = 247;
    public static final int FULL = 255;
    public static final int OBJECT = 7;
    public static final int NEW = 8;

    /** A jump is this much more in its column, modulo 4096, as most go forward. */
    public static final int BACK = 64;
    /** Bytes of the array that takes what was inflated, and longer texts behind it. */
    public static final int ROOM = 1 << 17;

    private static final int HALF = 1 << 16;
    private static final int UTF8 = 1;
    private static final int LONG = 5;

    private final byte[] in;
    private final int[] at = new int[COLUMNS];
    private final int[][] recent = new int[OPCODE][2048];
    private final int[] size = new int[OPCODE];
    private int constants;
    private final int[] kind = new int[4096];
    private final int[] first = new int[4096];
    private final int[] second = new int[4096];
    private final int[] local = new int[4096];
    private int locals;
    private int before;
    private final byte[] b = new byte[2 * HALF];
    private int pool;
    private int tail;
    private int n;

    Unpacker(byte[] packed, int length) {
        super(Unpacker.class.getClassLoader());
        in = packed;
        tail = length;
        int start = 2 * at.length;
        for (int i = 0; i < at.length; i++) {
            at[i] = start;
            start += (in[2 * i] & 255) << 8 | in[2 * i + 1] & 255;
        }
    }

    /** Defines all classes and returns the last. */
    Class<?> unpack() {
        number(0xCAFE, 0);
        number(0xBABE, 2);
        number(52, 6);
        int code = constant(TEXT);
        int frames = constant(TEXT);
        Class<?> last = null;
        for (int classes = next(COUNT); classes > 0; classes--) {
            before += 1 << 16;
            locals = before + 1;
            pool = 10;
            n = HALF;
            copy(ACCESS);
            use(CLASS);
            use(CLASS);
            for (int i = copy(COUNT); i > 0; i--) {
                use(CLASS);
            }
            for (int i = copy(COUNT); i > 0; i--) {
                copy(ACCESS);
                use(2);
                use(3);
                put(0);
            }
            for (int i = copy(COUNT); i > 0; i--) {
                copy(ACCESS);
                use(0);
                use(1);
                if (copy(COUNT) > 0) {
                    code(code, frames);
                }
            }
            put(0);
            number(locals - before, 8);
            System.arraycopy(b, HALF, b, pool, n - HALF);
            last = defineClass(null, b, 0, pool + n - HALF);
        }
        return last;
    }

    private void code(int code, int frames) {
        put(local(code));
        int length = n;
        put(0);
        put(0);
        put(99);
        put(99);
        put(0);
        put(0);
        int start = n;
        boolean[] target = new boolean[4096];
        int op;
        while ((op = next(OPCODE)) != END) {
            b[n++] = (byte) (op == 18 || op == 202 ? 19 : op);
            int column = OPERANDS[op] - 'A';
            if (column == JUMP) {
                int jump = (next(JUMP) - BACK) << 20 >> 20;
                target[n - 1 - start + jump] = true;
                put(jump);
            } else if (column > OPCODE) {
                b[n++] = (byte) next(column);
            } else if (column >= 0) {
                use(column);
            }
            if (op == 17 || op == 132 || op == 185) {
                b[n++] = (byte) next(BYTE);
            }
            if (op == 185) {
                b[n++] = 0;
            }
        }
        number(n - start, start - 2);
        int end = n - start;
        int place = 0;
        for (int i = copy(COUNT); i > 0; i--) {
            for (int j = 0; j < 3; j++) {
                place = copy(HANDLER);
            }
            target[place] = true;
            if (next(HANDLER) > 0) {
                use(CLASS);
            } else {
                put(0);
            }
        }
        if (copy(COUNT) > 0) {
            put(local(frames));
            int from = n;
            put(0);
            put(0);
            put(0);
            int number = 0;
            int last = -1;
            for (int i = 0; i < end; i++) {
                if (target[i]) {
                    number++;
                    int f = next(FRAME);
                    b[n++] = (byte) f;
                    put(i - last - 1);
                    last = i;
                    if (f == 255) {
                        types(copy(COUNT));
                        types(copy(COUNT));
                    } else {
                        types(f == 247 ? 1 : f - 251);
                    }
                }
            }
            number(n - from - 4, from + 2);
            number(number, from + 4);
        }
        number(n - length - 4, length + 2);
    }

    private void types(int number) {
        while (number-- > 0) {
            int type = next(FRAME_TYPE);
            b[n++] = (byte) type;
            if (type == 7) {
                use(FRAME_CLASS);
            } else if (type == 8) {
                copy(FRAME_TYPE);
            }
        }
    }

    private int next(int column) {
        int v = in[at[column]++] & 255;
        return v < 240 ? v : (v & 15) << 8 | in[at[column]++] & 255;
    }

    private int copy(int column) {
        int v = next(column);
        put(v);
        return v;
    }

    private void put(int v) {
        number(v, n);
        n += 2;
    }

    private void number(int v, int place) {
        b[place] = (byte) (v >> 8);
        b[place + 1] = (byte) v;
    }

    private void use(int of) {
        put(local(constant(of)));
    }

    private int constant(int of) {
        int[] list = recent[of];
        int rank = next(of) - 1;
        int c;
        if (rank < 0) {
            c = constants++;
            kind[c] = of;
            int tag = KINDS[3 * of];
            if (tag > LONG) {
                first[c] = constant(KINDS[3 * of + 1]);
                int part = KINDS[3 * of + 2];
                second[c] = part == NONE ? -1 : constant(part);
            } else if (tag > UTF8) {
                second[c] = tag == LONG ? 8 : 4;
                first[c] = at[NUMBERS];
                at[NUMBERS] += second[c];
            } else {
                text(c, of);
            }
            rank = size[of]++;
        } else {
            c = list[rank];
        }
        System.arraycopy(list, 0, list, 1, rank);
        list[0] = c;
        return c;
    }

    /** Reads a text up to its 0. In types, an L is followed by the name of a class in that one's column. */
    private void text(int c, int of) {
        int from = at[BYTES + of];
        int to = from;
        if (of != METHOD_TYPE && of != FIELD_TYPE) {
            while (in[to] != 0) {
                to++;
            }
            first[c] = from;
            second[c] = to - from;
        } else {
            int start = tail;
            while (in[to] != 0) {
                byte t = in[to++];
                in[tail++] = t;
                if (t == 'L') {
                    int place = tail;
                    int name = constant(CLASS_NAME);
                    System.arraycopy(in, first[name], in, place, second[name]);
                    tail = place + second[name];
                    in[tail++] = ';';
                }
            }
            first[c] = start;
            second[c] = tail - start;
        }
        at[BYTES + of] = to + 1;
    }

    private int local(int c) {
        if (local[c] <= before) {
            int tag = KINDS[3 * kind[c]];
            int one = first[c];
            int two = second[c];
            if (tag > 6) {
                one = local(one);
                if (two >= 0) {
                    two = local(two);
                }
            }
            b[pool++] = (byte) tag;
            if (tag > 6) {
                number(one, pool);
                pool += 2;
                if (two >= 0) {
                    number(two, pool);
                    pool += 2;
                }
            } else {
                if (tag == 1) {
                    number(two, pool);
                    pool += 2;
                }
                System.arraycopy(in, one, b, pool, two);
                pool += two;
            }
            local[c] = locals;
            locals += tag == 5 ? 2 : 1;
        }
        return local[c] - before;
    }
}
