package io.econtext.parent;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** What this machine has for the tests: Javas, and a jar to boot. Functions only. */
final class Host {
    private Host() {}

    /** The launcher of the Java that runs the tests. */
    static String java() {
        return System.getProperty("java.home") + "/bin/java";
    }

    /** That one, and one of another version if there is any where Debian keeps them. */
    static List<String> javas() {
        List<String> javas = new ArrayList<>(List.of(java()));
        File other = new File("/usr/lib/jvm/temurin-25-jdk-amd64/bin/java");
        if (other.canExecute()) {
            javas.add(other.getPath());
        }
        return javas;
    }

    /** A boot jar with {@link Probe} in it, under the name by which the boot jar's class is started. */
    static byte[] probeJar() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream jar = new ZipOutputStream(bytes)) {
            for (String nested : List.of("", "$Parked")) {
                jar.putNextEntry(new ZipEntry("io/econtext/core/Boot" + nested + ".class"));
                try (InputStream in = Probe.class.getResourceAsStream("Probe" + nested + ".class")) {
                    jar.write(renamed(in));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /** The class file with Boot for Probe in every text of its constant pool. */
    private static byte[] renamed(InputStream file) throws IOException {
        DataInputStream in = new DataInputStream(file);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        out.writeLong(in.readLong());
        int constants = in.readUnsignedShort();
        out.writeShort(constants);
        for (int i = 1; i < constants; i++) {
            int tag = in.readUnsignedByte();
            out.writeByte(tag);
            if (tag == 1) {
                out.writeUTF(in.readUTF().replace("io/econtext/parent/Probe", "io/econtext/core/Boot"));
            } else {
                boolean wide = tag == 5 || tag == 6;
                boolean one = tag == 7 || tag == 8 || tag == 16 || tag == 19 || tag == 20;
                out.write(in.readNBytes(wide ? 8 : one ? 2 : tag == 15 ? 3 : 4));
                i += wide ? 1 : 0;
            }
        }
        in.transferTo(out);
        return bytes.toByteArray();
    }
}
