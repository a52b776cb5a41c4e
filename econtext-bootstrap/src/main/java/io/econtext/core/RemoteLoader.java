package io.econtext.core;

/**
 * Defines classes from memory: econtext's own. An application's have a subclass, which is one of those.
 *
 * <p>Parallel capable: a class that is being waited for holds back no other.
 */
public class RemoteLoader extends ClassLoader {
    static {
        registerAsParallelCapable();
    }

    /** The number by which messages name it. */
    public final int id;

    public final ClassRequests requests;

    protected RemoteLoader(int id, ClassLoader parent, ClassRequests requests) {
        super(parent);
        this.id = id;
        this.requests = requests;
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
        byte[] b = isOurs(name) ? requests.find(id, name) : null;
        if (b == null) {
            throw new ClassNotFoundException(name);
        }
        return defineClass(name, b, 0, b.length);
    }

    /** Whether econtext itself has a class of that name; this loader is asked for those of applications, too. */
    private static boolean isOurs(String name) {
        if (!name.startsWith("io.econtext.")) {
            return false;
        }
        int dot = name.indexOf('.', 12);
        return dot < 0 || "core.channel.types.parent.levels.call.load.".contains(name.substring(12, dot + 1));
    }
}
