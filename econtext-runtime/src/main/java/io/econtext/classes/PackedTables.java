package io.econtext.classes;

import io.econtext.core.Unpacker;
import java.util.Arrays;
import org.objectweb.asm.Opcodes;

/** What the packed form begins with: what constants consist of, and what operands opcodes have. Stateless. */
final class PackedTables {
    static final int NONE = Unpacker.NONE;
    /** An opcode that classes of the core may not have. */
    static final int UNKNOWN = -1;

    private static final int LDC_W = 19;
    private static final int LDC2_W = 20;

    /** For each kind of constant its tag in a class file, then the kinds of its parts. */
    private static final int[][] KINDS = {
        {1, NONE, NONE}, // 0 name of a method
        {1, NONE, NONE}, // 1 its descriptor
        {1, NONE, NONE}, // 2 name of a field
        {1, NONE, NONE}, // 3 its descriptor
        {1, NONE, NONE}, // 4 name of a class
        {1, NONE, NONE}, // 5 text
        {7, Unpacker.CLASS_NAME, NONE}, // 6 class
        {7, Unpacker.CLASS_NAME, NONE}, // 7 class in a frame
        {7, Unpacker.CLASS_NAME, NONE}, // 8 class whose member is used
        {8, Unpacker.TEXT, NONE}, // 9 String
        {3, NONE, NONE}, // 10 int
        {5, NONE, NONE}, // 11 long
        {12, Unpacker.FIELD_NAME, Unpacker.FIELD_TYPE}, // 12
        {12, Unpacker.METHOD_NAME, Unpacker.METHOD_TYPE}, // 13
        {9, 8, 12}, // 14 field
        {10, 8, 13}, // 15 method
        {11, 8, 13}, // 16 method of an interface
    };

    private static final int STRING = 9;
    private static final int INT = 10;
    private static final int LONG = 11;
    private static final int FIELD = 14;
    private static final int METHOD = 15;
    private static final int INTERFACE_METHOD = 16;

    private static final int[] OPERANDS = operands();

    private PackedTables() {}

    static int tag(int kind) {
        return KINDS[kind][0];
    }

    /** The kind of a part, 0 or 1, or {@link #NONE}. */
    static int part(int kind, int number) {
        return KINDS[kind][1 + number];
    }

    /** The column of an opcode's operand, the first where there are several, {@link #NONE} or {@link #UNKNOWN}. */
    static int operand(int opcode) {
        return OPERANDS[opcode];
    }

    private static int[] operands() {
        int[] all = new int[Unpacker.OPCODES];
        Arrays.fill(all, NONE);
        Arrays.fill(all, Opcodes.BIPUSH, Opcodes.SIPUSH + 1, Unpacker.BYTE);
        all[Unpacker.LDC_STRING] = STRING;
        all[LDC_W] = Unpacker.CLASS;
        all[LDC2_W] = LONG;
        all[Unpacker.LDC_INT] = INT;
        Arrays.fill(all, Opcodes.ILOAD, Opcodes.ALOAD + 1, Unpacker.VARIABLE);
        Arrays.fill(all, Opcodes.ISTORE, Opcodes.ASTORE + 1, Unpacker.VARIABLE);
        all[Opcodes.IINC] = Unpacker.VARIABLE;
        Arrays.fill(all, Opcodes.IFEQ, Opcodes.GOTO + 1, Unpacker.JUMP);
        Arrays.fill(all, Opcodes.JSR, Opcodes.LOOKUPSWITCH + 1, UNKNOWN);
        Arrays.fill(all, Opcodes.GETSTATIC, Opcodes.PUTFIELD + 1, FIELD);
        Arrays.fill(all, Opcodes.INVOKEVIRTUAL, Opcodes.INVOKESTATIC + 1, METHOD);
        all[Opcodes.INVOKEINTERFACE] = INTERFACE_METHOD;
        all[Opcodes.INVOKEDYNAMIC] = UNKNOWN;
        all[Opcodes.NEW] = Unpacker.CLASS;
        all[Opcodes.NEWARRAY] = Unpacker.BYTE;
        all[Opcodes.ANEWARRAY] = Unpacker.CLASS;
        all[Opcodes.CHECKCAST] = Unpacker.CLASS;
        all[Opcodes.INSTANCEOF] = Unpacker.CLASS;
        Arrays.fill(all, Opcodes.MONITOREXIT + 1, Opcodes.IFNULL, UNKNOWN);
        Arrays.fill(all, Opcodes.IFNULL, Opcodes.IFNONNULL + 1, Unpacker.JUMP);
        Arrays.fill(all, Opcodes.IFNONNULL + 1, Unpacker.LDC_INT, UNKNOWN);
        return all;
    }

    static byte[] bytes() {
        byte[] bytes = new byte[3 * KINDS.length + OPERANDS.length];
        for (int i = 0; i < 3 * KINDS.length; i++) {
            bytes[i] = (byte) KINDS[i / 3][i % 3];
        }
        for (int i = 0; i < OPERANDS.length; i++) {
            bytes[3 * KINDS.length + i] = (byte) (OPERANDS[i] == UNKNOWN ? NONE : OPERANDS[i]);
        }
        return bytes;
    }
}
