package io.econtext.classes;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Collection;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;

/** Writes classes and resources as the protocol has them: one compressed stream. Stateless. */
final class Entries {
    private Entries() {}

    /** One resource, behind {@code prefix}. */
    static byte[] of(byte[] prefix, int owner, String name, byte[] bytes) {
        return deflated(prefix, out -> {
            out.writeInt(1);
            write(out, owner, name, bytes);
        });
    }

    static byte[] of(byte[] prefix, Collection<ClassFile> files) {
        return deflated(prefix, out -> {
            out.writeInt(files.size());
            for (ClassFile file : files) {
                write(out, file.owner(), file.name(), file.bytes());
            }
        });
    }

    private static void write(DataOutputStream out, int owner, String name, byte[] bytes) throws IOException {
        out.writeInt(owner);
        out.writeUTF(name);
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    private static byte[] deflated(byte[] prefix, Content content) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes(prefix);
        Deflater deflater = new Deflater(Deflater.BEST_COMPRESSION);
        try (DataOutputStream out = new DataOutputStream(new DeflaterOutputStream(bytes, deflater))) {
            content.write(out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            deflater.end();
        }
        return bytes.toByteArray();
    }

    /** Writes what is to be compressed. */
    private interface Content {
        void write(DataOutputStream out) throws IOException;
    }
}
