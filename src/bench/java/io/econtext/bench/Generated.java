package io.econtext.bench;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/** Classes of about 2 KB in a jar, each of which needs one or two of the others. Stateless. */
final class Generated {
    private static final int METHODS = 8;

    private Generated() {}

    static String name(String packageName, int number) {
        return packageName + ".C" + number;
    }

    /** @param branches how many others each class calls: 1 makes a chain, 2 a tree */
    static void jar(Path file, String packageName, int classes, int branches) throws IOException {
        try (OutputStream out = Files.newOutputStream(file);
                JarOutputStream jar = new JarOutputStream(out)) {
            for (int i = 0; i < classes; i++) {
                jar.putNextEntry(new JarEntry(name(packageName, i).replace('.', '/') + ".class"));
                jar.write(type(packageName, i, classes, branches));
            }
        }
    }

    private static byte[] type(String packageName, int number, int classes, int branches) {
        ClassWriter out = new ClassWriter(ClassWriter.COMPUTE_MAXS);
        String name = name(packageName, number).replace('.', '/');
        out.visit(Opcodes.V1_8, Opcodes.ACC_PUBLIC, name, null, "java/lang/Object", null);
        MethodVisitor run = out.visitMethod(Opcodes.ACC_PUBLIC | Opcodes.ACC_STATIC, "run", "()I", null, null);
        run.visitInsn(Opcodes.ICONST_1);
        for (int i = 1; i <= branches; i++) {
            int next = branches * number + i;
            if (next < classes) {
                String other = name(packageName, next).replace('.', '/');
                run.visitMethodInsn(Opcodes.INVOKESTATIC, other, "run", "()I", false);
                run.visitInsn(Opcodes.IADD);
            }
        }
        run.visitInsn(Opcodes.IRETURN);
        run.visitMaxs(0, 0);
        Random random = new Random(number);
        for (int i = 0; i < METHODS; i++) {
            MethodVisitor filler = out.visitMethod(
                    Opcodes.ACC_PUBLIC | Opcodes.ACC_STATIC, word(random), "(I)Ljava/lang/String;", null, null);
            filler.visitVarInsn(Opcodes.ILOAD, 0);
            filler.visitLdcInsn(random.nextInt());
            filler.visitInsn(Opcodes.IMUL);
            filler.visitMethodInsn(
                    Opcodes.INVOKESTATIC, "java/lang/Integer", "toString", "(I)Ljava/lang/String;", false);
            for (int word = 0; word < 4; word++) {
                filler.visitLdcInsn(word(random) + " " + word(random));
                filler.visitMethodInsn(
                        Opcodes.INVOKEVIRTUAL,
                        "java/lang/String",
                        "concat",
                        "(Ljava/lang/String;)Ljava/lang/String;",
                        false);
            }
            filler.visitInsn(Opcodes.ARETURN);
            filler.visitMaxs(0, 0);
        }
        out.visitEnd();
        return out.toByteArray();
    }

    private static String word(Random random) {
        StringBuilder word = new StringBuilder();
        for (int i = 4 + random.nextInt(7); i > 0; i--) {
            word.append((char) ('a' + random.nextInt(26)));
        }
        return word.toString();
    }
}
