package io.econtext.classes;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.objectweb.asm.ClassReader;

/**
 * What a new context is made of: the boot jar and, behind it on the stream, the packed core. Made by the build, as that
 * takes longer than a boot. Immutable.
 */
public final class Image {
    private static final String FILE = "image.bin";
    private static final String ROOT = "io.econtext.core.Context";
    private static final List<String> JAR = List.of(
            "io.econtext.core.Boot",
            "io.econtext.core.Unpacker",
            "io.econtext.core.LogBridge",
            "io.econtext.core.econtext.Handler");

    final byte[] bootJar;
    final byte[] core;

    private Image(byte[] bootJar, byte[] core) {
        this.bootJar = bootJar;
        this.core = core;
    }

    /** Both as they go over the stream. */
    byte[] stream() {
        byte[] all = Arrays.copyOf(bootJar, bootJar.length + core.length);
        System.arraycopy(core, 0, all, bootJar.length, core.length);
        return all;
    }

    /** @param arguments the folder of this class's package, where its resources go */
    public static void main(String[] arguments) throws IOException {
        OwnBundle.write(Path.of(arguments[0]));
        Image image = make();
        try (DataOutputStream out =
                new DataOutputStream(Files.newOutputStream(Path.of(arguments[0]).resolve(FILE)))) {
            out.writeInt(image.bootJar.length);
            out.write(image.bootJar);
            out.write(image.core);
        }
    }

    /** The image that was built, or one made now where none was, as in an editor's own build. */
    static Image load() {
        try (InputStream file = Image.class.getResourceAsStream(FILE)) {
            if (file == null) {
                return make();
            }
            DataInputStream in = new DataInputStream(file);
            return new Image(in.readNBytes(in.readInt()), in.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Image make() {
        Map<String, byte[]> core = OwnClasses.core(ROOT);
        Map<String, byte[]> jar = new LinkedHashMap<>();
        for (String name : JAR) {
            core.remove(name);
            jar.put(name, OwnClasses.lean(name));
        }
        Map<String, byte[]> sorted = new LinkedHashMap<>();
        core.keySet().stream().filter(name -> !name.equals(ROOT)).forEach(name -> sort(name, core, sorted));
        sort(ROOT, core, sorted);
        FieldNames.shorten(sorted);
        return new Image(BootJar.of(jar), packed(sorted.values()));
    }

    /** Puts a class behind those that it extends or implements, as they must be defined in that order. */
    private static void sort(String name, Map<String, byte[]> from, Map<String, byte[]> to) {
        byte[] bytes = from.get(name);
        if (bytes != null && !to.containsKey(name)) {
            ClassReader in = new ClassReader(bytes);
            sort(in.getSuperName().replace('/', '.'), from, to);
            for (String type : in.getInterfaces()) {
                sort(type.replace('/', '.'), from, to);
            }
            to.put(name, bytes);
        }
    }

    private static byte[] packed(Collection<byte[]> classes) {
        byte[] deflated = Deflate.of(Packer.pack(classes));
        return ByteBuffer.allocate(4 + deflated.length)
                .putInt(deflated.length)
                .put(deflated)
                .array();
    }
}
