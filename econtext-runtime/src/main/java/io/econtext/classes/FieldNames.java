package io.econtext.classes;

import java.util.HashMap;
import java.util.Map;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.FieldVisitor;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/**
 * Gives fields of the core that nobody outside can see names of a letter, the same in all classes: no stack trace shows
 * a field, and their names would be a thirtieth of all that is sent. For one thread.
 */
final class FieldNames {
    private static final int VISIBLE = Opcodes.ACC_PUBLIC | Opcodes.ACC_PROTECTED;

    /** By owner, name and type. */
    private final Map<String, String> names = new HashMap<>();

    private final Map<String, String> parents = new HashMap<>();
    /** How many fields of a type a class has, by owner and type. */
    private final Map<String, Integer> counts = new HashMap<>();

    /** @param classes class files by binary name, each after those that it extends; they are replaced */
    static void shorten(Map<String, byte[]> classes) {
        FieldNames names = new FieldNames();
        classes.values().forEach(bytes -> new ClassReader(bytes).accept(names.new Collector(), ClassReader.SKIP_CODE));
        classes.replaceAll((name, bytes) -> names.renamed(bytes));
    }

    private byte[] renamed(byte[] bytes) {
        ClassReader in = new ClassReader(bytes);
        // not a copy of the constant pool, which would keep the old names
        ClassWriter out = Bytecode.writer(true);
        in.accept(new Renamer(out), 0);
        return out.toByteArray();
    }

    private String name(String owner, String name, String type) {
        for (String at = owner; at != null; at = parents.get(at)) {
            String found = names.get(at + "." + name + ":" + type);
            if (found != null) {
                return found;
            }
        }
        return name;
    }

    /** Counts a field, on top of those of the same type that the class inherits. */
    private int count(String owner, String type) {
        int n = 0;
        for (String at = owner; at != null && n == 0; at = parents.get(at)) {
            n = counts.getOrDefault(at + ":" + type, 0);
        }
        counts.put(owner + ":" + type, n + 1);
        return n;
    }

    /** Finds new names. */
    private final class Collector extends ClassVisitor {
        private String owner;

        Collector() {
            super(Opcodes.ASM9);
        }

        @Override
        public void visit(
                int version, int access, String name, String signature, String superName, String[] interfaces) {
            owner = name;
            parents.put(name, superName);
        }

        @Override
        public FieldVisitor visitField(int access, String name, String type, String signature, Object value) {
            String shortened = (access & VISIBLE) != 0 ? name : Character.toString('a' + count(owner, type));
            names.put(owner + "." + name + ":" + type, shortened);
            return null;
        }
    }

    /** Uses them. */
    private final class Renamer extends ClassVisitor {
        private String owner;

        Renamer(ClassVisitor out) {
            super(Opcodes.ASM9, out);
        }

        @Override
        public void visit(
                int version, int access, String name, String signature, String superName, String[] interfaces) {
            owner = name;
            super.visit(version, access, name, signature, superName, interfaces);
        }

        @Override
        public FieldVisitor visitField(int access, String name, String type, String signature, Object value) {
            return super.visitField(access, name(owner, name, type), type, signature, value);
        }

        @Override
        public MethodVisitor visitMethod(
                int access, String name, String descriptor, String signature, String[] exceptions) {
            MethodVisitor out = super.visitMethod(access, name, descriptor, signature, exceptions);
            return new MethodVisitor(Opcodes.ASM9, out) {
                @Override
                public void visitFieldInsn(int opcode, String of, String field, String type) {
                    super.visitFieldInsn(opcode, of, name(of, field, type), type);
                }
            };
        }
    }
}
