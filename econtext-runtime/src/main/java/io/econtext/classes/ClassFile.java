package io.econtext.classes;

import java.util.Set;

/**
 * A class that may leave the controller. Immutable; the bytes are never written to.
 *
 * @param owner the number of the loader that it belongs to on the target, 0 for econtext's own
 * @param anyVersion whether its bytes are the same for every version of Java
 * @param references the binary names of the classes that it names
 */
record ClassFile(int owner, String name, byte[] bytes, boolean anyVersion, Set<String> references) {
    static ClassFile of(int owner, String name, byte[] bytes, boolean anyVersion) {
        return new ClassFile(owner, name, bytes, anyVersion, Bytecode.references(bytes));
    }

    /** What a set of names sent has for it. */
    String key() {
        return owner + "/" + name;
    }
}
