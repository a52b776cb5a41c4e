package io.econtext.classes;

import io.econtext.core.Boot;
import io.econtext.core.LogBridge;
import io.econtext.core.LogConfig;
import io.econtext.core.RemoteLoader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.jar.JarFile;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** What a new context is made of: the boot jar and, behind it on the stream, the packed core. Immutable. */
final class Image {
    private static final String MANIFEST =
            "Main-Class: " + Boot.class.getName() + "\nAdd-Opens: java.base/java.lang.invoke java.base/java.io\n\n";

    final byte[] bootJar;
    final byte[] core;

    private Image(byte[] bootJar, byte[] core) {
        this.bootJar = bootJar;
        this.core = core;
    }

    static Image make() {
        try {
            Map<String, byte[]> core = OwnClasses.core("io.econtext.core.Context");
            Map<String, byte[]> jar = new LinkedHashMap<>();
            for (String name : new String[] {
                Boot.class.getName(),
                RemoteLoader.class.getName(),
                RemoteLoader.Source.class.getName(),
                RemoteLoader.class.getName() + "$Connection",
                RemoteLoader.Opener.class.getName(),
                LogConfig.class.getName(),
                LogBridge.class.getName(),
                "io.econtext.core.econtext.Handler"
            }) {
                jar.put(name, OwnClasses.find(name));
                core.remove(name);
            }
            return new Image(jar(jar), packed(core));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] jar(Map<String, byte[]> classes) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            zip.setLevel(Deflater.BEST_COMPRESSION);
            zip.putNextEntry(new ZipEntry(JarFile.MANIFEST_NAME));
            zip.write(MANIFEST.getBytes(StandardCharsets.US_ASCII));
            for (Map.Entry<String, byte[]> entry : classes.entrySet()) {
                zip.putNextEntry(new ZipEntry(entry.getKey().replace('.', '/') + ".class"));
                zip.write(entry.getValue());
            }
        }
        return bytes.toByteArray();
    }

    private static byte[] packed(Map<String, byte[]> classes) throws IOException {
        Deflated deflated = new Deflated(0, 0, 0, 0);
        deflated.out.writeShort(classes.size());
        for (Map.Entry<String, byte[]> entry : classes.entrySet()) {
            deflated.out.writeUTF(entry.getKey());
            deflated.out.writeInt(entry.getValue().length);
            deflated.out.write(entry.getValue());
        }
        byte[] packed = deflated.finish();
        io.econtext.core.Message.putInt(packed, 0, packed.length - 4);
        return packed;
    }
}
