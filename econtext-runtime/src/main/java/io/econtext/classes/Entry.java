package io.econtext.classes;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Something that travels by its name: a class, the resources of one path, or what is said of a package. Immutable; the
 * bytes are never written to.
 *
 * @param owner the number of the loader that it belongs to on the target
 * @param about what is to be said of a class's package, wherever the class goes; {@code null} if nothing is
 */
record Entry(int owner, String name, byte[] bytes, @Nullable Entry about) {

    private Entry(int owner, String name, byte[] bytes) {
        this(owner, name, bytes, null);
    }

    static Entry of(ClassFile file) {
        Jar jar = file.jar();
        Entry about = jar == null ? null : about(file.owner(), file.packageName(), jar);
        return new Entry(file.owner(), file.name(), file.bytes(), about);
    }

    /** @param contents of each resource with that path, in the order of the class path */
    static Entry resource(int owner, String path, List<byte[]> contents) {
        return new Entry(owner, "/" + path, bytes(out -> {
            for (byte[] content : contents) {
                out.writeInt(content.length);
                out.write(content);
            }
        }));
    }

    static Entry digest(int owner, String name, Collection<Integer> hashes) {
        return new Entry(owner, name, bytes(out -> {
            for (int hash : hashes) {
                out.writeInt(hash);
            }
        }));
    }

    private static Entry about(int owner, String packageName, Jar jar) {
        return new Entry(owner, packageName + ".", bytes(out -> {
            out.writeUTF(jar.name());
            out.writeBoolean(jar.isSealed(packageName));
            for (String text : jar.about(packageName)) {
                out.writeUTF(text);
            }
        }));
    }

    static byte[] bytes(Content content) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            content.write(new DataOutputStream(bytes));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    String key() {
        return owner + "/" + name;
    }

    /** Writes what an entry says. */
    interface Content {
        void write(DataOutputStream out) throws IOException;
    }
}
