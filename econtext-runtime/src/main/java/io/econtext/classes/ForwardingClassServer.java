package io.econtext.classes;

import io.econtext.broker.ClassServer;
import io.econtext.core.Message;
import io.econtext.parent.Children;
import io.econtext.types.ByJackson;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Serves econtext's own classes, and those that an application's class loader sees, as far as {@link Policy} lets them
 * go. What a target asks for is read as bytes, never loaded here, and answered from memory the next time.
 *
 * <p>Safe for use by several threads.
 */
public final class ForwardingClassServer implements ClassServer {
    static final String GONE = "the application that %s belonged to was replaced or is gone: call again";

    static final int FOUND = 0;
    static final int ABSENT = 1;
    static final int REFUSED = 2;
    static final int TOO_NEW = 3;
    /** To caches: found, for this version of Java only. */
    static final int FOUND_FOR_VERSION = 4;

    private static final String LOADER = "io.econtext.load.ApplicationLoader";
    /** What that needs as soon as it has a class to load. */
    private static final List<String> OF_LOADER =
            List.of(LOADER, "io.econtext.load.MemoryUrls", "io.econtext.load.Digest");
    /** What Jackson and its codec are, by name. */
    private static final Predicate<String> JACKSON = Pattern.compile(
                    "io\\.econtext\\.(values\\.|types\\.ByJackson).*|/?(META-INF/services/)?(tools|com\\.fasterxml)\\.jackson\\..*")
            .asMatchPredicate();

    private static final int KNOWN_JDK_NAMES = 10000;
    /** Bytes after which no more goes ahead because it was learned. */
    private static final int MOST_LEARNED = 4 << 20;

    private final Applications applications = new Applications();
    private final OwnClasses own = new OwnClasses(OwnBundle.read());
    private final LoggingBridge logging = new LoggingBridge();
    private final Learned learned = new Learned();
    private volatile Policy policy = new Policy(Set.of());
    /** Names that classes of the class path refer to, not those that targets ask for. */
    private final Map<String, Boolean> jdk = new ConcurrentHashMap<>();

    private volatile @Nullable Image image;

    @Override
    public void allow(Set<String> resources) {
        policy = new Policy(resources);
    }

    @Override
    public int loaderId(ClassLoader loader) {
        return loader == null || loader == ClassLoader.getPlatformClassLoader()
                ? OwnClasses.LOADER
                : applications.id(loader);
    }

    @Override
    public Collection<Integer> gone() {
        return applications.gone();
    }

    @Override
    public void prepare(int loaderId) {
        Application application = applications.get(loaderId);
        if (application != null) {
            application.listing();
        }
    }

    @Override
    public Answer find(Request request, Sent sent) {
        try {
            if (!request.resource()) {
                return findClass(request, sent);
            }
            // one at a time for each target: they may be long, and small requests may ask for the same again and again
            synchronized (sent) {
                return findResource(request, sent);
            }
        } catch (Source.TooLong e) {
            return answer(REFUSED, e.getMessage(), List.of());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Answer findClass(Request request, Sent sent) throws IOException {
        String name = request.name();
        Application application = applications.get(request.loader());
        ClassFile file = own.find(name);
        if (file == null) {
            if (request.loader() == OwnClasses.LOADER) {
                return answer(ABSENT, "", List.of());
            }
            file = application == null ? null : logging.find(application.id, name);
        }
        if (file == null) {
            String refused = policy.refuseClass(name);
            if (refused == null && application == null) {
                refused = GONE.formatted(name);
            }
            if (refused != null) {
                return answer(REFUSED, refused, List.of());
            }
            String path = name.replace('.', '/') + ".class";
            file = mayHave(application, path) ? application.find(name, request.feature()) : null;
            if (file == null) {
                return application.isGone()
                        ? answer(REFUSED, GONE.formatted(name), List.of())
                        : answer(ABSENT, "", told(application, path, request, sent));
            }
            if (Bytecode.feature(file.bytes()) > request.feature()) {
                return answer(TOO_NEW, application.tooNew(file, request.feature()), List.of());
            }
        }
        int feature = request.forCache() ? 0 : request.feature();
        Closure closure = new Closure(next -> forward(application, next, feature), sent);
        if (request.forCache() && !file.anyVersion()) {
            sent.keys().remove(file.key());
            closure.addOnly(List.of(file));
            return answer(FOUND_FOR_VERSION, "", entries(closure, application, sent));
        }
        closure.add(List.of(file));
        if (sent.left().remove(name)) {
            closure.addLeft();
        }
        return answer(FOUND, "", entries(closure, application, sent));
    }

    private Answer findResource(Request request, Sent sent) throws IOException {
        String name = request.name();
        if (request.loader() == OwnClasses.LOADER) {
            return name.equals(Children.IMAGE)
                    ? answer(FOUND, "", List.of(Entry.resource(OwnClasses.LOADER, name, List.of(image().stream()))))
                    : answer(ABSENT, "", List.of());
        }
        Application application = applications.get(request.loader());
        String refused = policy.refuseResource(name);
        if (refused == Policy.MALFORMED || application == null) {
            return refused == null ? answer(ABSENT, "", List.of()) : answer(REFUSED, refused, List.of());
        }
        byte[] provider = LoggingBridge.resource(name);
        if (provider != null) {
            Entry entry = Entry.resource(application.id, name, List.of(provider));
            sent.keys().add(entry.key());
            return answer(FOUND, "", List.of(entry));
        }
        List<Source.Found> found = refused == null && mayHave(application, name)
                ? application.readAll(name, request.feature())
                : List.of();
        List<byte[]> allowed = new ArrayList<>();
        boolean anyVersion = true;
        for (Source.Found each : found) {
            String why = policy.refuseFound(name, each.folder(), application.packages());
            if (why == null) {
                allowed.add(each.bytes());
                anyVersion &= each.anyVersion();
            } else {
                refused = why;
            }
        }
        if (!allowed.isEmpty()) {
            if (!mayHave(application, name)) {
                application.cannotBeListed();
            }
            Entry entry = Entry.resource(application.id, name, allowed);
            sent.keys().add(entry.key());
            Answer answer = answer(request.forCache() && !anyVersion ? FOUND_FOR_VERSION : FOUND, "", List.of(entry));
            if (answer.body().length > Message.FRAGMENT) {
                application.keepBack(entry);
            }
            return answer;
        }
        return answer(
                refused == null ? ABSENT : REFUSED,
                refused == null ? "" : refused,
                told(application, name, request, sent));
    }

    /** Whether it is worth looking. */
    private static boolean mayHave(Application application, String path) {
        Listing listing = application.knownListing();
        return listing == null || listing.has(path);
    }

    /** What can be said of a directory where something was looked for in vain. */
    private List<Entry> told(Application application, String path, Request request, Sent sent) throws IOException {
        Listing listing = application.listing();
        String directory = Listing.directory(path);
        boolean known = !request.forCache() // which may have forgotten it
                && sent.keys().contains(application.id + (request.resource() ? "//" : "/") + directory);
        Entry digest =
                listing == null || known ? null : application.digest(listing, directory, request.resource(), policy);
        if (digest != null && listing.hasDirectory(directory)) {
            sent.keys().add(digest.key());
        }
        return digest == null ? List.of() : List.of(digest);
    }

    @Override
    public Ahead ahead(Need need, Sent sent) {
        Learned.Names ofMethod = learned.of(need.method());
        Learned.Names ofJackson =
                need.classes().contains(ByJackson.CODEC) ? learned.of(ByJackson.CODEC) : Learned.NOTHING;
        long version = Math.max(ofMethod.version(), ofJackson.version());
        if (sent.isReady(need, version)) {
            return new Ahead(List.of(), List.of());
        }
        Set<String> before = new LinkedHashSet<>(ofMethod.all());
        before.addAll(ofJackson.all());
        try {
            Ahead ahead = ahead(need, before, sent);
            sent.ready(need, version);
            return ahead;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Ahead ahead(Need need, Set<String> before, Sent sent) throws IOException {
        Application application = applications.get(need.loader());
        List<String> names = new ArrayList<>(need.classes());
        names.removeAll(before);
        // as much again for Jackson, which is that large
        int most = need.classes().contains(ByJackson.CODEC) ? 2 * MOST_LEARNED : MOST_LEARNED;
        List<ClassFile> wanted = new ArrayList<>();
        add(names, application, need.feature(), most, sent, wanted);
        List<ClassFile> again = new ArrayList<>();
        if (need.loader() != OwnClasses.LOADER) {
            // for a method of the JDK, its loader is all that is needed of an application
            boolean alone = wanted.isEmpty() && before.isEmpty();
            add(alone ? List.of(LOADER) : OF_LOADER, application, 0, most, sent, alone ? again : wanted);
        }
        Closure closure = new Closure(name -> forward(application, name, need.feature()), sent).add(wanted);
        int bytes = add(before, application, need.feature(), most, sent, again);
        List<Entry> entries = entries(closure.addOnly(again), application, sent);
        for (String name : before) {
            Entry resource = name.startsWith("/") && application != null && bytes < most
                    ? resource(application, name.substring(1), need.feature(), sent)
                    : null;
            if (resource != null) {
                sent.keys().add(resource.key());
                bytes += resource.bytes().length;
                entries.add(resource);
            }
        }
        List<Entry> left = new ArrayList<>();
        List<byte[]> bodies = Entries.pieces(entries, Message.FRAGMENT, left);
        for (Entry entry : left) {
            sent.keys().remove(entry.key());
            if (entry.owner() != OwnClasses.LOADER) {
                application.keepBack(entry);
            }
        }
        entries.removeAll(left);
        return new Ahead(bodies, keys(entries));
    }

    /** @return the bytes of what was added */
    private int add(
            Collection<String> names,
            @Nullable Application application,
            int feature,
            int most,
            Sent sent,
            List<ClassFile> to) {
        int bytes = 0;
        for (String name : names) {
            boolean stays = bytes >= most
                    || name.startsWith("/")
                    || sent.keys().contains(OwnClasses.LOADER + "/" + name)
                    || application != null
                            && (application.isKeptBack(name) || sent.keys().contains(application.id + "/" + name));
            ClassFile file = stays ? null : forward(application, name, feature);
            if (file != null) {
                bytes += file.bytes().length;
                to.add(file);
            }
        }
        return bytes;
    }

    /** The resource if it may go to a target that didn't ask for it, and wasn't sent. */
    private @Nullable Entry resource(Application application, String path, int feature, Sent sent) {
        if (sent.keys().contains(application.id + "//" + path)
                || application.isKeptBack("/" + path)
                || policy.refuseResource(path) != null) {
            return null;
        }
        byte[] provider = LoggingBridge.resource(path);
        if (provider != null) {
            return Entry.resource(application.id, path, List.of(provider));
        }
        List<byte[]> allowed = new ArrayList<>();
        try {
            for (Source.Found each : application.readAll(path, versionOrOurs(feature))) {
                if (feature == 0 && !each.anyVersion()) {
                    return null;
                }
                if (policy.refuseFound(path, each.folder(), application.packages()) == null) {
                    allowed.add(each.bytes());
                }
            }
        } catch (IOException e) {
            return null; // who needs it asks, and learns why
        }
        return allowed.isEmpty() ? null : Entry.resource(application.id, path, allowed);
    }

    @Override
    public void learn(Need need, Collection<String> keys, Set<String> loaded) {
        Application application = applications.get(need.loader());
        Set<String> names = new LinkedHashSet<>();
        String ofLoader = need.loader() + "/";
        String ofUs = OwnClasses.LOADER + "/";
        for (String key : keys) {
            if (key.startsWith(ofLoader) || key.startsWith(ofUs)) {
                names.add(key.substring(key.indexOf('/') + 1));
            }
        }
        // what an earlier call made it load, this one may need as well
        ArrayDeque<String> open = new ArrayDeque<>(need.classes());
        Set<String> seen = new HashSet<>(need.classes());
        String name;
        while ((name = open.poll()) != null && names.size() < Learned.MOST_OF_METHOD) {
            if (loaded.contains(ofLoader + name) || loaded.contains(ofUs + name)) {
                names.add(name);
                ClassFile file = forward(application, name, need.feature());
                if (file != null) {
                    file.references().stream().filter(seen::add).forEach(open::add);
                }
            }
        }
        names.removeIf(each -> application != null && application.isKeptBack(each));
        if (loaded.contains(ofLoader + ByJackson.CODEC)) {
            // apart, as other methods with such values need it, and this one where they go by fields doesn't
            List<String> jackson = names.stream().filter(JACKSON).toList();
            learned.add(ByJackson.CODEC, jackson);
            jackson.forEach(names::remove);
        }
        learned.add(need.method(), names);
    }

    /**
     * The class if it may go to a target that didn't ask for it.
     *
     * @param feature the version of Java there; 0 if it isn't known, or there are several
     */
    private @Nullable ClassFile forward(@Nullable Application application, String name, int feature) {
        if (OwnClasses.isOwn(name)) {
            return OwnClasses.isCore(name) ? null : own.find(name);
        }
        ClassFile bridge = application == null ? null : logging.find(application.id, name);
        if (bridge != null) {
            return bridge;
        }
        if (application == null || isJdk(name) || policy.refuseClass(name) != null) {
            return null;
        }
        try {
            ClassFile file = application.find(name, versionOrOurs(feature));
            return file == null
                            || feature == 0 && !file.anyVersion()
                            || Bytecode.feature(file.bytes()) > versionOrOurs(feature)
                    ? null
                    : file;
        } catch (IOException e) {
            return null; // who needs it asks, and learns why
        }
    }

    private static int versionOrOurs(int feature) {
        return feature == 0 ? Runtime.version().feature() : feature;
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

    /** The classes, and before the first of each package what there is in that. */
    private List<Entry> entries(Closure closure, @Nullable Application application, Sent sent) throws IOException {
        List<Entry> entries = new ArrayList<>();
        for (ClassFile file : closure.files()) {
            if (file.owner() != OwnClasses.LOADER && !LoggingBridge.has(file.name())) {
                application.forwarded(file.packageName());
                addDigests(application, Listing.directory(file.name().replace('.', '/')), sent, entries);
            }
            entries.add(Entry.of(file));
        }
        return entries;
    }

    private void addDigests(Application application, String directory, Sent sent, List<Entry> to) throws IOException {
        Listing listing = application.knownListing();
        for (boolean resources : new boolean[] {false, true}) {
            String key = application.id + (resources ? "//" : "/") + directory;
            if (listing != null && !sent.keys().contains(key)) {
                Entry digest = application.digest(listing, directory, resources, policy);
                if (digest != null && sent.keys().add(key)) {
                    to.add(digest);
                }
            }
        }
    }

    private static Answer answer(int kind, String why, List<Entry> entries) {
        byte[] head = Answer.head(kind, why);
        return new Answer(entries.isEmpty() ? head : Entries.of(head, entries), keys(entries));
    }

    /** Of classes and resources. */
    private static List<String> keys(List<Entry> entries) {
        return entries.stream()
                .filter(entry -> !entry.name().isEmpty() && !entry.name().endsWith("/"))
                .map(Entry::key)
                .toList();
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
