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
 * for each kind of constant its tag in a class file and the kinds of its two parts, or {@link #NONE}
 * for each opcode the column of its operand, or {@link #NONE}
 * u16 bytes of each column, then the columns; a number takes one byte below 240, else two: F0 + bits 8 to 11, bits 0 to 7
 * class:   its access, itself, superclass, number of interfaces, these, number of fields, these, number of methods, these
 * field:   access, name, type
 * method:  access, name, type, number of attributes: 0, or 1 for code
 * code:    opcodes with their operands up to {@link #END}, number of handlers, these, whether there are frames, these
 * handler: start, end, place, then 0 or 1 and its type
 * frame:   its kind as in a class file, the short forms by the long ones; then its types
 * text:    UTF-8, 0; in types, an L is followed by the name of a class in that one's column
 * </pre>
 *
 * <p>For one thread.
 */
public class Unpacker extends ClassLoader {
    /** Kinds of constants, each with a column; the other kinds only the tables know. */
    public static final int METHOD_NAME = 0;

    public static final int METHOD_TYPE = 1;
    public static final int FIELD_NAME = 2;
    public static final int FIELD_TYPE = 3;
    public static final int CLASS_NAME = 4;
    public static final int TEXT = 5;
    public static final int CLASS = 6;
    public static final int FRAME_CLASS = 7;
    public static final int KINDS = 17;

    /** The other columns. */
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
    public static final int TEXTS = 26;

    public static final int NUMBERS = 32;
    public static final int COLUMNS = 33;

    public static final int NONE = 100;

    /** Opcodes of the packed form: what is an ldc_w there, and the end of a method. */
    public static final int LDC_STRING = 18;

    public static final int LDC_INT = 202;
    public static final int END = 239;
    public static final int OPCODES = 203;

    /** A jump is this much more in its column, modulo 4096, as most go forward. */
    public static final int BACK = 64;

    /** Bytes of the array that takes what was inflated, and texts behind it. */
    static final int ROOM = 1 << 17;

    private static final int LENGTHS = 3 * KINDS + OPCODES;
    private static final int MOST_CONSTANTS = 4096;
    private static final int MOST_CODE = 4096;
    private static final int HALF = 1 << 16;
    private static final int STACK_AND_VARIABLES = 99; // enough for every method; too much costs nothing

    // The long ones are dropped in the end, as this stays for as long as its classes.
    private byte[] in;
    private int end;
    private final int[] at = new int[COLUMNS];

    private int[][] recent = new int[KINDS][MOST_CONSTANTS / 2];
    private final int[] size = new int[KINDS];
    private final int[] kind = new int[MOST_CONSTANTS];
    /** A part, or where its bytes begin. */
    private final int[] first = new int[MOST_CONSTANTS];
    /** A part, or the number of its bytes. */
    private final int[] second = new int[MOST_CONSTANTS];

    private int constants;
    /** The number in the constant pool of this class; not above {@code before} if it isn't there yet. */
    private final int[] local = new int[MOST_CONSTANTS];

    private int before;
    private int locals;

    /** A class file: up to {@code pool} its constant pool, from the middle up to {@code n} the rest. */
    private byte[] b = new byte[2 * HALF];

    private int pool;
    private int n;
    /** The places in this method where jumps go. */
    private final boolean[] target = new boolean[MOST_CODE];

    /** @param packed with room for as much again behind {@code length} */
    Unpacker(byte[] packed, int length) {
        super(Unpacker.class.getClassLoader()); // in another program's JVM, that program's loader has classes of ours
        in = packed;
        end = length;
        int start = LENGTHS + 2 * COLUMNS;
        for (int i = 0; i < COLUMNS; i++) {
            at[i] = start;
            start += (in[LENGTHS + 2 * i] & 255) << 8 | in[LENGTHS + 2 * i + 1] & 255;
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
            before += HALF;
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
                use(FIELD_NAME);
                use(FIELD_TYPE);
                put(0);
            }
            for (int i = copy(COUNT); i > 0; i--) {
                copy(ACCESS);
                use(METHOD_NAME);
                use(METHOD_TYPE);
                if (copy(COUNT) > 0) {
                    code(code, frames);
                }
            }
            put(0);
            number(locals - before, 8);
            System.arraycopy(b, HALF, b, pool, n - HALF);
            last = defineClass(null, b, 0, pool + n - HALF);
        }
        in = b = null;
        recent = null;
        return last;
    }

    private void code(int code, int frames) {
        put(local(code));
        int attribute = open();
        put(STACK_AND_VARIABLES);
        put(STACK_AND_VARIABLES);
        int start = open();
        int op;
        while ((op = next(OPCODE)) != END) {
            b[n++] = (byte) (op == LDC_STRING || op == LDC_INT ? 19 : op);
            int column = in[3 * KINDS + op];
            if (column < KINDS) {
                use(column);
            } else if (column == JUMP) {
                int jump = next(JUMP) - BACK << 20 >> 20;
                target[n - 1 - start + jump] = true;
                put(jump);
            } else if (column != NONE) {
                b[n++] = (byte) next(column);
            }
            if (op == 17 || op == 132 || op == 185) { // sipush, iinc, invokeinterface
                b[n++] = (byte) next(BYTE);
            }
            if (op == 185) {
                b[n++] = 0;
            }
        }
        int length = n - start;
        close(start);
        for (int i = copy(COUNT); i > 0; i--) {
            copy(HANDLER);
            copy(HANDLER);
            target[copy(HANDLER)] = true;
            if (next(HANDLER) > 0) {
                use(CLASS);
            } else {
                put(0);
            }
        }
        if (copy(COUNT) > 0) {
            put(local(frames));
            start = open();
            put(0);
            int number = 0;
            int last = -1;
            for (int i = 0; i < length; i++) {
                if (target[i]) {
                    target[i] = false;
                    int frame = next(FRAME);
                    b[n++] = (byte) frame;
                    put(i - last - 1);
                    last = i;
                    number++;
                    if (frame == 255) {
                        types(copy(COUNT));
                        types(copy(COUNT));
                    } else {
                        types(frame == 247 ? 1 : frame - 251);
                    }
                }
            }
            close(start);
            number(number, start);
        }
        close(attribute);
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

    private void use(int of) {
        put(local(constant(of)));
    }

    /** Begins what its length in four bytes comes before. */
    private int open() {
        put(0);
        put(0);
        return n;
    }

    private void close(int start) {
        number(n - start, start - 2);
    }

    private void put(int v) {
        number(v, n);
        n += 2;
    }

    private void number(int v, int place) {
        b[place] = (byte) (v >> 8);
        b[place + 1] = (byte) v;
    }

    /** The next constant of a kind. */
    private int constant(int of) {
        int[] list = recent[of];
        int rank = next(of) - 1;
        int c;
        if (rank < 0) {
            rank = size[of]++;
            c = constants++;
            kind[c] = of;
            int tag = in[3 * of];
            if (tag > 6) {
                first[c] = constant(in[3 * of + 1]);
                of = in[3 * of + 2];
                second[c] = of == NONE ? -1 : constant(of);
            } else if (tag > 1) {
                second[c] = tag == 5 ? 8 : 4;
                first[c] = at[NUMBERS];
                at[NUMBERS] += second[c];
            } else {
                text(c, of);
            }
        } else {
            c = list[rank];
        }
        System.arraycopy(list, 0, list, 1, rank);
        list[0] = c;
        return c;
    }

    private void text(int c, int of) {
        int start = end;
        int from = at[TEXTS + of];
        byte t;
        while ((t = in[from++]) != 0) {
            in[end++] = t;
            if (t == 'L' && (of == METHOD_TYPE || of == FIELD_TYPE)) {
                int place = end;
                int name = constant(CLASS_NAME); // a new one is put here
                System.arraycopy(in, first[name], in, place, second[name]);
                end = place + second[name];
                in[end++] = ';';
            }
        }
        at[TEXTS + of] = from;
        first[c] = start;
        second[c] = end - start;
    }

    /** The number of a constant in this class's pool. */
    private int local(int c) {
        if (local[c] <= before) {
            int tag = in[3 * kind[c]];
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
                constantPart(one);
                if (two >= 0) {
                    constantPart(two);
                }
            } else {
                if (tag == 1) {
                    constantPart(two);
                }
                System.arraycopy(in, one, b, pool, two);
                pool += two;
            }
            local[c] = locals;
            locals += tag == 5 ? 2 : 1;
        }
        return local[c] - before;
    }

    private void constantPart(int v) {
        number(v, pool);
        pool += 2;
    }
}
