package io.econtext.classes;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.ClassReader;

/**
 * A class that may leave the controller. Immutable; the bytes are never written to.
 *
 * @param owner the number of the loader that it belongs to on the target, 0 for econtext's own
 * @param anyVersion whether its bytes are the same for every version of Java
 * @param jar where it is from; {@code null} if that is no jar
 * @param references the binary names of the classes that it names
 */
record ClassFile(
        int owner,
        String name,
        byte[] bytes,
        boolean anyVersion,
        @Nullable Jar jar,
        Set<String> references) {
    static ClassFile of(int owner, String name, byte[] bytes, boolean anyVersion, @Nullable Jar jar) {
        return new ClassFile(owner, name, bytes, anyVersion, jar, Bytecode.references(bytes));
    }

    /** What a set of names sent has for it. */
    String key() {
        return owner + "/" + name;
    }

    String packageName() {
        return name.substring(0, Math.max(0, name.lastIndexOf('.')));
    }

    /** What must be there before it can be defined. */
    List<String> supertypes() {
        return Bytecode.supertypes(new ClassReader(bytes));
    }
}
