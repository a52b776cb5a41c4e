package io.econtext.classes;

import java.util.Set;
import java.util.TreeSet;
import org.objectweb.asm.AnnotationVisitor;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.FieldVisitor;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/** What can be said of a class file, or done to it, without loading it. Stateless. */
final class Bytecode {
    private static final int CLASS = 7;
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
        ClassWriter out = new ClassWriter(0);
        for (int i = 0; longIndexes && i < SHORT_INDEXES; i++) {
            out.newUTF8("unused" + i);
        }
        new ClassReader(bytes).accept(new Lean(out), ClassReader.SKIP_DEBUG);
        return out.toByteArray();
    }

    /** The binary names of the classes that the constant pool names as such, in alphabetical order. */
    static Set<String> references(byte[] bytes) {
        ClassReader in = new ClassReader(bytes);
        char[] buffer = new char[in.getMaxStringLength()];
        Set<String> names = new TreeSet<>();
        for (int i = 1; i < in.getItemCount(); i++) {
            int at = in.getItem(i);
            if (at > 0 && in.readByte(at - 1) == CLASS) {
                String name = in.readUTF8(at, buffer);
                if (!name.startsWith("[")) {
                    names.add(name.replace('/', '.'));
                }
            }
        }
        return names;
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
}
