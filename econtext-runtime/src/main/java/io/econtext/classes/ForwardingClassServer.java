package io.econtext.classes;

import io.econtext.broker.ClassServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;

/** Serves econtext's own classes, and those that an application's class loader sees. */
public final class ForwardingClassServer implements ClassServer {
    private static final int FOUND = 0;
    private static final int ABSENT = 1;

    private final List<ClassLoader> loaders = new ArrayList<>();
    private Image image;

    @Override
    public synchronized int loaderId(ClassLoader loader) {
        int at = loaders.indexOf(loader);
        if (at < 0) {
            at = loaders.size();
            loaders.add(loader);
        }
        return at + 1;
    }

    private synchronized ClassLoader loader(int id) {
        return id > 0 && id <= loaders.size() ? loaders.get(id - 1) : null;
    }

    @Override
    public Answer find(int loaderId, String name, boolean resource, int feature) {
        try {
            byte[] bytes = null;
            int owner = loaderId;
            if (!resource && name.startsWith("io.econtext.")) {
                bytes = OwnClasses.find(name);
                owner = 0;
            } else if (!resource && loader(loaderId) != null) {
                try (InputStream in = loader(loaderId).getResourceAsStream(name.replace('.', '/') + ".class")) {
                    bytes = in == null ? null : in.readAllBytes();
                }
            }
            if (bytes == null) {
                return new Answer(new byte[] {ABSENT}, 0);
            }
            Deflated deflated = new Deflated(FOUND);
            deflated.out.writeInt(1);
            deflated.out.writeInt(owner);
            deflated.out.writeUTF(name);
            deflated.out.writeInt(bytes.length);
            deflated.out.write(bytes);
            return new Answer(deflated.finish(), 1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public byte[] ahead(int loaderId, Collection<String> classNames, Set<String> sent) {
        return null;
    }

    @Override
    public byte[] bootJar() {
        return image().bootJar.clone();
    }

    @Override
    public byte[] core() {
        return image().core.clone();
    }

    private synchronized Image image() {
        if (image == null) {
            image = Image.load();
        }
        return image;
    }
}
