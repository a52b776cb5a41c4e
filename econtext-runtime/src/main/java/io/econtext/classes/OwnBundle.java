package io.econtext.classes;

import io.econtext.core.Boot;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Econtext's own classes as they travel, with what they refer to: made by the build, as stripping them takes longer than
 * a boot. Stateless.
 *
 * <pre>u16 number of classes, each utf name, i32 length, bytes, u16 number of references, these: utf</pre>
 */
final class OwnBundle {
    private static final String FILE = "own.bin";
    private static final String SUFFIX = ".class";

    private OwnBundle() {}

    /** Writes the bundle into a folder. */
    static void write(Path folder) throws IOException {
        List<ClassFile> files = new ArrayList<>();
        OwnClasses own = new OwnClasses(Map.of());
        for (String name : names()) {
            ClassFile file = OwnClasses.isCore(name) ? null : own.find(name);
            if (file != null) {
                files.add(file);
            }
        }
        try (DataOutputStream out = new DataOutputStream(Files.newOutputStream(folder.resolve(FILE)))) {
            out.writeShort(files.size());
            for (ClassFile file : files) {
                List<String> references =
                        file.references().stream().filter(OwnClasses::isOwn).toList();
                out.writeUTF(file.name());
                out.writeInt(file.bytes().length);
                out.write(file.bytes());
                out.writeShort(references.size());
                for (String reference : references) {
                    out.writeUTF(reference);
                }
            }
        }
    }

    /** The classes by name; none if the bundle wasn't built, as in an editor's own build. */
    static Map<String, ClassFile> read() {
        Map<String, ClassFile> files = new HashMap<>();
        try (InputStream resource = OwnBundle.class.getResourceAsStream(FILE)) {
            if (resource == null) {
                return files;
            }
            DataInputStream in = new DataInputStream(resource);
            for (int n = in.readUnsignedShort(); n > 0; n--) {
                String name = in.readUTF();
                byte[] bytes = in.readNBytes(in.readInt());
                TreeSet<String> references = new TreeSet<>();
                for (int i = in.readUnsignedShort(); i > 0; i--) {
                    references.add(in.readUTF());
                }
                files.put(name, new ClassFile(OwnClasses.LOADER, name, bytes, true, null, references));
            }
            return files;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> names() throws IOException {
        Path place;
        try {
            place = Path.of(Boot.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
        } catch (URISyntaxException e) {
            throw new IOException(e);
        }
        if (Files.isDirectory(place)) {
            return names(place);
        }
        try (FileSystem jar = FileSystems.newFileSystem(place)) {
            return names(jar.getPath("/"));
        }
    }

    private static List<String> names(Path root) throws IOException {
        try (Stream<Path> files = Files.walk(root)) {
            return files.map(file -> root.relativize(file).toString())
                    .filter(file -> file.endsWith(SUFFIX))
                    .map(file -> file.substring(0, file.length() - SUFFIX.length())
                            .replace('\\', '/')
                            .replace('/', '.'))
                    .sorted()
                    .toList();
        }
    }
}
