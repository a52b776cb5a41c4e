package io.econtext.classes;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.objectweb.asm.AnnotationVisitor;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.FieldVisitor;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/** What can be said of a class file, or done to it, without loading it. Stateless. */
final class Bytecode {
    private static final int CLASS = 7;
    private static final int UTF8 = 1;
    private static final int LONG = 5;
    private static final int DOUBLE = 6;
    /** Where their number stands, and how many bytes one has by its tag, apart from texts. */
    private static final int CONSTANTS = 8;

    private static final int[] CONSTANT_SIZES = {0, 0, 0, 4, 4, 8, 8, 2, 2, 4, 4, 4, 4, 0, 0, 3, 2, 4, 4, 2, 2};
    private static final int MAJOR_VERSION = 6;
    private static final int MAJOR_OF_JAVA_0 = 44;
    private static final int SHORT_INDEXES = 256;
    private static final int UNUSED = Opcodes.ACC_SYNTHETIC | Opcodes.ACC_BRIDGE | Opcodes.ACC_VARARGS;

    private Bytecode() {}

    /** The class without names of local variables, line numbers and source files. */
    static byte[] withoutDebug(byte[] bytes) {
        ClassWriter out = new ClassWriter(0);
        new ClassReader(bytes).accept(out, ClassReader.SKIP_DEBUG);
        return out.toByteArray();
    }

    /**
     * The class with nothing but what a JVM needs to run it.
     *
     * @param longIndexes whether no instruction may have a constant's index in one byte
     */
    static byte[] lean(byte[] bytes, boolean longIndexes) {
        ClassWriter out = writer(longIndexes);
        new ClassReader(bytes).accept(new Lean(out), ClassReader.SKIP_DEBUG);
        return out.toByteArray();
    }

    /** @param longIndexes whether no instruction may have a constant's index in one byte */
    static ClassWriter writer(boolean longIndexes) {
        ClassWriter out = new ClassWriter(0);
        for (int i = 0; longIndexes && i < SHORT_INDEXES; i++) {
            out.newUTF8("unused" + i);
        }
        return out;
    }

    /** The binary name of the class. */
    static String name(byte[] bytes) {
        return new ClassReader(bytes).getClassName().replace('/', '.');
    }

    /** The Java feature version that a class needs. */
    static int feature(byte[] bytes) {
        return new ClassReader(bytes).readUnsignedShort(MAJOR_VERSION) - MAJOR_OF_JAVA_0;
    }

    /** The binary names of the class that it extends and the interfaces that it has itself. */
    static List<String> supertypes(ClassReader in) {
        List<String> names = new ArrayList<>();
        if (in.getSuperName() != null) {
            names.add(in.getSuperName().replace('/', '.'));
        }
        for (String type : in.getInterfaces()) {
            names.add(type.replace('/', '.'));
        }
        return names;
    }

    /**
     * The binary names of the classes that a class needs to be loaded and run: those that its constant pool names, and
     * those in the types of its fields and methods, which reflection resolves.
     */
    static Set<String> references(byte[] bytes) {
        ClassReader in = new ClassReader(bytes);
        char[] buffer = new char[in.getMaxStringLength()];
        Set<String> names = new TreeSet<>();
        for (int i = 1; i < in.getItemCount(); i++) {
            int at = in.getItem(i);
            if (at > 0 && in.readByte(at - 1) == CLASS) {
                add(Type.getObjectType(in.readUTF8(at, buffer)), names);
            }
        }
        in.accept(new Members(names), ClassReader.SKIP_CODE | ClassReader.SKIP_DEBUG | ClassReader.SKIP_FRAMES);
        return names;
    }

    private static void add(Type type, Set<String> names) {
        if (type.getSort() == Type.ARRAY) {
            add(type.getElementType(), names);
        } else if (type.getSort() == Type.OBJECT) {
            names.add(type.getClassName());
        }
    }

    /** Collects the types of fields and methods. */
    private static final class Members extends ClassVisitor {
        private final Set<String> names;

        Members(Set<String> names) {
            super(Opcodes.ASM9);
            this.names = names;
        }

        @Override
        public FieldVisitor visitField(int access, String name, String descriptor, String signature, Object value) {
            add(Type.getType(descriptor), names);
            return null;
        }

        @Override
        public MethodVisitor visitMethod(
                int access, String name, String descriptor, String signature, String[] exceptions) {
            add(Type.getReturnType(descriptor), names);
            for (Type type : Type.getArgumentTypes(descriptor)) {
                add(type, names);
            }
            return null;
        }
    }

    /** Drops what only compilers and reflection look at, and constants that compilers have copied to where they are used. */
    private static final class Lean extends ClassVisitor {
        Lean(ClassVisitor out) {
            super(Opcodes.ASM9, out);
        }

        @Override
        public void visit(
                int version, int access, String name, String signature, String superName, String[] interfaces) {
            super.visit(version, access & ~UNUSED, name, null, superName, interfaces);
        }

        @Override
        public void visitInnerClass(String name, String outerName, String innerName, int access) {}

        @Override
        public void visitOuterClass(String owner, String name, String descriptor) {}

        @Override
        public AnnotationVisitor visitAnnotation(String descriptor, boolean visible) {
            return null;
        }

        @Override
        public FieldVisitor visitField(int access, String name, String descriptor, String signature, Object value) {
            return value != null
                    ? null
                    : super.visitField(access & ~Opcodes.ACC_SYNTHETIC, name, descriptor, null, null);
        }

        @Override
        public MethodVisitor visitMethod(
                int access, String name, String descriptor, String signature, String[] exceptions) {
            return new LeanMethod(super.visitMethod(access & ~UNUSED, name, descriptor, null, null));
        }
    }

    /** Adds numbers longer than a byte without the {@code wide} prefix. */
    private static final class LeanMethod extends MethodVisitor {
        LeanMethod(MethodVisitor out) {
            super(Opcodes.ASM9, out);
        }

        @Override
        public void visitIincInsn(int variable, int increment) {
            if (increment == (byte) increment) {
                super.visitIincInsn(variable, increment);
            } else {
                visitVarInsn(Opcodes.ILOAD, variable);
                visitIntInsn(Opcodes.SIPUSH, increment);
                visitInsn(Opcodes.IADD);
                visitVarInsn(Opcodes.ISTORE, variable);
            }
        }

        @Override
        public AnnotationVisitor visitAnnotation(String descriptor, boolean visible) {
            return null;
        }
    }

    /** The class under another name; it has that wherever it speaks of itself. */
    static byte[] renamed(byte[] bytes, String from, String to) {
        ByteArrayOutputStream renamed = new ByteArrayOutputStream();
        try {
            DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes));
            DataOutputStream out = new DataOutputStream(renamed);
            out.write(in.readNBytes(CONSTANTS));
            int constants = in.readUnsignedShort();
            out.writeShort(constants);
            for (int i = 1; i < constants; i++) {
                int tag = in.readUnsignedByte();
                out.writeByte(tag);
                if (tag == UTF8) {
                    out.writeUTF(in.readUTF().replace(from.replace('.', '/'), to.replace('.', '/')));
                } else {
                    out.write(in.readNBytes(CONSTANT_SIZES[tag]));
                    i += tag == LONG || tag == DOUBLE ? 1 : 0;
                }
            }
            in.transferTo(out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return renamed.toByteArray();
    }
}
