package io.econtext.classes;

import io.econtext.core.Unpacker;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Collection;
import java.util.List;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.Opcodes;

/**
 * Takes {@link Bytecode#lean lean} classes apart into the columns that {@link Unpacker} makes them from again, and
 * refuses what that doesn't know. For one thread.
 */
final class Packer {
    private static final int LDC_W = 19;
    private static final int SAME = 64;
    private static final int SAME_AND_ONE = 128;
    private static final int ONE_TYPE = 247;
    private static final int SAME_LONG = 251;
    private static final int FULL = 255;
    private static final int OBJECT = 7;
    private static final int NEW = 8;
    private static final int UTF8 = 1;
    private static final int INTEGER = 3;
    private static final int LONG = 5;
    private static final int STRING = 8;
    private static final int FIELD = 9;

    private final Columns columns = new Columns();
    private ClassReader in;
    private int at;

    private Packer() {}

    /** @param classes each after those that it extends or implements */
    static List<byte[]> pack(Collection<byte[]> classes) {
        Packer packer = new Packer();
        packer.columns.text(Unpacker.TEXT, "Code");
        packer.columns.text(Unpacker.TEXT, "StackMapTable");
        packer.columns.number(Unpacker.COUNT, classes.size());
        for (byte[] bytes : classes) {
            packer.in = new ClassReader(bytes);
            packer.at = packer.in.header;
            try {
                packer.type();
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException(
                        packer.in.getClassName() + " can't be in the core: " + e.getMessage(), e);
            }
        }
        return packer.columns.finish();
    }

    private void type() {
        copy(Unpacker.ACCESS);
        constant(Unpacker.CLASS);
        constant(Unpacker.CLASS);
        for (int i = copy(Unpacker.COUNT); i > 0; i--) {
            constant(Unpacker.CLASS);
        }
        for (int i = copy(Unpacker.COUNT); i > 0; i--) {
            copy(Unpacker.ACCESS);
            constant(Unpacker.FIELD_NAME);
            constant(Unpacker.FIELD_TYPE);
            check(u2() == 0, "a field has attributes");
        }
        for (int i = copy(Unpacker.COUNT); i > 0; i--) {
            copy(Unpacker.ACCESS);
            constant(Unpacker.METHOD_NAME);
            constant(Unpacker.METHOD_TYPE);
            int attributes = copy(Unpacker.COUNT);
            check(attributes < 2, "a method has attributes other than its code");
            if (attributes > 0) {
                code();
            }
        }
        check(u2() == 0, "it has attributes");
    }

    private void code() {
        at += 10;
        int length = in.readInt(at);
        at += 4;
        int start = at;
        boolean[] target = new boolean[length];
        while (at < start + length) {
            int place = at - start;
            int opcode = opcode();
            int column = PackedTables.operand(opcode);
            check(
                    column != PackedTables.UNKNOWN,
                    "it has opcode " + opcode + " (a switch or an invokedynamic, for example)");
            if (column == Unpacker.JUMP) {
                int jump = (short) u2();
                columns.number(Unpacker.JUMP, jump + Unpacker.BACK & 0xFFF);
                target[place + jump] = true;
            } else if (column < Unpacker.KINDS) {
                constant(column);
            } else if (column != PackedTables.NONE) {
                columns.number(column, u1());
            }
            if (opcode == Opcodes.SIPUSH || opcode == Opcodes.IINC || opcode == Opcodes.INVOKEINTERFACE) {
                columns.number(Unpacker.BYTE, u1());
            }
            if (opcode == Opcodes.INVOKEINTERFACE) {
                at++;
            }
        }
        columns.number(Unpacker.OPCODE, Unpacker.END);
        handlers(target);
        if (copy(Unpacker.COUNT) > 0) {
            frames(target);
        }
    }

    private int opcode() {
        int opcode = u1();
        check(opcode != Opcodes.LDC, "it has a short ldc");
        if (opcode == LDC_W) {
            int tag = in.readByte(in.getItem(in.readUnsignedShort(at)) - 1);
            opcode = tag == STRING ? Unpacker.LDC_STRING : tag == INTEGER ? Unpacker.LDC_INT : LDC_W;
        }
        columns.number(Unpacker.OPCODE, opcode);
        return opcode;
    }

    private void handlers(boolean[] target) {
        for (int i = copy(Unpacker.COUNT); i > 0; i--) {
            copy(Unpacker.HANDLER);
            copy(Unpacker.HANDLER);
            target[copy(Unpacker.HANDLER)] = true;
            if (in.readUnsignedShort(at) == 0) {
                columns.number(Unpacker.HANDLER, u2());
            } else {
                columns.number(Unpacker.HANDLER, 1);
                constant(Unpacker.CLASS);
            }
        }
    }

    private void frames(boolean[] target) {
        at += 6;
        int place = -1;
        for (int i = u2(); i > 0; i--) {
            int frame = u1();
            int skipped = frame < SAME ? frame : frame < SAME_AND_ONE ? frame - SAME : u2();
            frame = frame < SAME ? SAME_LONG : frame < SAME_AND_ONE ? ONE_TYPE : frame;
            while (--skipped >= 0) {
                check(!target[++place], "there is no frame for a jump");
            }
            check(target[++place], "there is a frame where no jump goes");
            columns.number(Unpacker.FRAME, frame);
            if (frame == FULL) {
                types(copy(Unpacker.COUNT));
                types(copy(Unpacker.COUNT));
            } else {
                types(frame == ONE_TYPE ? 1 : frame - SAME_LONG);
            }
        }
    }

    private void types(int number) {
        for (int i = 0; i < number; i++) {
            int type = u1();
            columns.number(Unpacker.FRAME_TYPE, type);
            if (type == OBJECT) {
                constant(Unpacker.FRAME_CLASS);
            } else if (type == NEW) {
                copy(Unpacker.FRAME_TYPE);
            }
        }
    }

    /** The constant that comes next. */
    private void constant(int kind) {
        constant(kind, u2());
    }

    private void constant(int kind, int index) {
        int item = in.getItem(index);
        int tag = in.readByte(item - 1);
        check(tag == PackedTables.tag(kind), "a constant has tag " + tag + ", not one of kind " + kind);
        if (tag == UTF8) {
            columns.text(kind, text(index));
        } else if (columns.isNew(kind, describe(index))) {
            if (tag == INTEGER || tag == LONG) {
                byte[] number = new byte[tag == INTEGER ? 4 : 8];
                for (int i = 0; i < number.length; i++) {
                    number[i] = (byte) in.readByte(item + i);
                }
                columns.bytes(number);
            } else {
                for (int part = 0; part < 2; part++) {
                    int ofPart = PackedTables.part(kind, part);
                    if (ofPart != PackedTables.NONE) {
                        constant(ofPart, in.readUnsignedShort(item + 2 * part));
                    }
                }
            }
        }
    }

    private String text(int index) {
        int item = in.getItem(index);
        byte[] bytes = in.readBytes(item, 2 + in.readUnsignedShort(item));
        try {
            return new DataInputStream(new ByteArrayInputStream(bytes)).readUTF();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What tells a constant from all others of its kind. */
    private String describe(int index) {
        int item = in.getItem(index);
        int tag = in.readByte(item - 1);
        if (tag == UTF8) {
            return text(index);
        }
        if (tag == INTEGER || tag == LONG) {
            return Long.toString(tag == LONG ? in.readLong(item) : in.readInt(item));
        }
        String first = describe(in.readUnsignedShort(item));
        return tag < FIELD ? first : first + " " + describe(in.readUnsignedShort(item + 2));
    }

    private int u1() {
        return in.readByte(at++);
    }

    private int u2() {
        at += 2;
        return in.readUnsignedShort(at - 2);
    }

    private int copy(int column) {
        int n = u2();
        columns.number(column, n);
        return n;
    }

    private static void check(boolean holds, String otherwise) {
        if (!holds) {
            throw new IllegalArgumentException(otherwise);
        }
    }
}
