package io.econtext.classes;

import io.econtext.broker.ClassServer;
import io.econtext.core.Text;
import io.econtext.parent.Children;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Serves econtext's own classes, and those that an application's class loader sees, as far as {@link Policy} lets them
 * go. What a target asks for is read as bytes, never loaded here, and answered from memory the next time.
 *
 * <p>Safe for use by several threads.
 */
public final class ForwardingClassServer implements ClassServer {
    static final String GONE = "the application that %s belonged to was replaced or is gone: call again";

    private static final byte FOUND = 0;
    private static final byte ABSENT = 1;
    private static final byte TOO_NEW = 3;
    private static final int KNOWN_JDK_NAMES = 10000;

    private final Applications applications = new Applications();
    private final OwnClasses own = new OwnClasses(OwnBundle.read());
    private final Policy policy;
    /** Names that classes of the class path refer to, not those that targets ask for. */
    private final Map<String, Boolean> jdk = new ConcurrentHashMap<>();

    private volatile @Nullable Image image;

    public ForwardingClassServer() {
        this(Set.of());
    }

    /** @param resources names of resources that may leave whatever the rules say, such as {@code rules.yml} */
    public ForwardingClassServer(Set<String> resources) {
        policy = new Policy(resources);
    }

    @Override
    public int loaderId(ClassLoader loader) {
        return loader == null || loader == ClassLoader.getPlatformClassLoader()
                ? OwnClasses.LOADER
                : applications.id(loader);
    }

    @Override
    public Answer find(int loaderId, String name, boolean resource, int feature, Set<String> sent) {
        try {
            return resource ? findResource(loaderId, name, feature) : findClass(loaderId, name, feature, sent);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Answer findClass(int loaderId, String name, int feature, Set<String> sent) throws IOException {
        ClassFile file = own.find(name);
        Application application = applications.get(loaderId);
        if (file == null) {
            if (loaderId == OwnClasses.LOADER) {
                return absent();
            }
            String refused = policy.refuseClass(name);
            if (refused == null && application == null) {
                refused = GONE.formatted(name);
            }
            if (refused != null) {
                return Answer.refused(refused);
            }
            file = application.find(name, feature);
            if (file == null) {
                return application.isGone() ? Answer.refused(GONE.formatted(name)) : absent();
            }
            if (Bytecode.feature(file.bytes()) > feature) {
                return tooNew(application.tooNew(file, feature));
            }
        }
        Closure closure = new Closure(next -> forward(application, next, feature), sent).add(List.of(file));
        return new Answer(
                entries(closure, application, new byte[] {FOUND}),
                closure.files().size());
    }

    private Answer findResource(int loaderId, String name, int feature) throws IOException {
        if (loaderId == OwnClasses.LOADER) {
            return name.equals(Children.IMAGE)
                    ? new Answer(Entries.of(new byte[] {FOUND}, OwnClasses.LOADER, name, image().stream()), 0)
                    : absent();
        }
        String refused = policy.refuseResource(name);
        if (refused != null) {
            return Answer.refused(refused);
        }
        Application application = applications.get(loaderId);
        Source.Found found = application == null ? null : application.read(name, feature);
        if (found == null) {
            return absent();
        }
        refused = policy.refuseFound(name, found.folder(), application.packages());
        return refused != null
                ? Answer.refused(refused)
                : new Answer(Entries.of(new byte[] {FOUND}, loaderId, name, found.bytes()), 0);
    }

    @Override
    public byte @Nullable [] ahead(int loaderId, Collection<String> classNames, Set<String> sent) {
        Application application = applications.get(loaderId);
        try {
            List<ClassFile> wanted = new ArrayList<>();
            for (String name : classNames) {
                // the target's version may not be known yet; it asks for what it finds too new for it
                ClassFile file = forward(application, name, Runtime.version().feature());
                if (file != null && !sent.contains(file.key())) {
                    wanted.add(file);
                }
            }
            if (wanted.isEmpty()) {
                return null;
            }
            int feature = Runtime.version().feature();
            Closure closure = new Closure(name -> forward(application, name, feature), sent).add(wanted);
            return entries(closure, application, new byte[0]);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The class if it may go to a target that didn't ask for it. */
    private @Nullable ClassFile forward(@Nullable Application application, String name, int feature)
            throws IOException {
        if (OwnClasses.isOwn(name)) {
            return OwnClasses.isCore(name) ? null : own.find(name);
        }
        if (application == null || isJdk(name) || policy.refuseClass(name) != null) {
            return null;
        }
        ClassFile file = application.find(name, feature);
        return file == null || !file.anyVersion() || Bytecode.feature(file.bytes()) > feature ? null : file;
    }

    private boolean isJdk(String name) {
        Boolean known = jdk.get(name);
        if (known == null) {
            known = policy.isJdk(name);
            if (jdk.size() < KNOWN_JDK_NAMES) {
                jdk.put(name, known);
            }
        }
        return known;
    }

    private static byte[] entries(Closure closure, @Nullable Application application, byte[] prefix) {
        for (ClassFile file : closure.files()) {
            if (file.owner() != OwnClasses.LOADER) {
                application.forwarded(file.name());
            }
        }
        return Entries.of(prefix, closure.files());
    }

    private static Answer absent() {
        return new Answer(new byte[] {ABSENT}, 0);
    }

    private static Answer tooNew(String why) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        out.writeByte(TOO_NEW);
        out.writeUTF(Text.utf(why));
        return new Answer(bytes.toByteArray(), 0);
    }

    /** How many classes and names are kept to answer sooner. */
    int remembered() {
        return jdk.size() + own.remembered() + applications.remembered();
    }

    @Override
    public byte[] bootJar() {
        return image().bootJar.clone();
    }

    @Override
    public byte[] core() {
        return image().core.clone();
    }

    private Image image() {
        Image loaded = image;
        if (loaded == null) {
            loaded = Image.load();
            image = loaded;
        }
        return loaded;
    }
}
