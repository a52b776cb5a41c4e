package io.econtext.classes;

import java.util.Set;
import java.util.TreeSet;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassWriter;

/** What can be said of a class file, or done to it, without loading it. Stateless. */
final class Bytecode {
    private static final int CLASS = 7;

    private Bytecode() {}

    /** The class without names of local variables, line numbers and source files. */
    static byte[] withoutDebug(byte[] bytes) {
        ClassWriter out = new ClassWriter(0);
        new ClassReader(bytes).accept(out, ClassReader.SKIP_DEBUG);
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
}
