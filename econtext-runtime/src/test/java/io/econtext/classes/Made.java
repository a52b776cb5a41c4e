package io.econtext.classes;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Opcodes;

/** Classes and jars made for a test. For one thread. */
final class Made {
    private final Map<String, byte[]> entries = new LinkedHashMap<>();

    /** The class file of an empty class with a field of each type named. */
    static byte[] type(int version, String name, String... fields) {
        ClassWriter out = new ClassWriter(0);
        out.visit(version, Opcodes.ACC_PUBLIC, name.replace('.', '/'), null, "java/lang/Object", null);
        for (int i = 0; i < fields.length; i++) {
            out.visitField(Opcodes.ACC_PUBLIC, "f" + i, "L" + fields[i].replace('.', '/') + ";", null, null)
                    .visitEnd();
        }
        out.visitEnd();
        return out.toByteArray();
    }

    static String path(String name) {
        return name.replace('.', '/') + ".class";
    }

    Made with(String path, byte[] bytes) {
        entries.put(path, bytes);
        return this;
    }

    Made with(String path, String text) {
        return with(path, text.getBytes(StandardCharsets.UTF_8));
    }

    Made withType(String name, String... fields) {
        return with(path(name), type(Opcodes.V1_8, name, fields));
    }

    /** A jar, not compressed, as fat jars hold theirs. */
    byte[] jar() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            zip.setMethod(ZipOutputStream.STORED);
            for (Map.Entry<String, byte[]> each : entries.entrySet()) {
                ZipEntry entry = new ZipEntry(each.getKey());
                CRC32 crc = new CRC32();
                crc.update(each.getValue());
                entry.setCrc(crc.getValue());
                entry.setSize(each.getValue().length);
                zip.putNextEntry(entry);
                zip.write(each.getValue());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }
}
