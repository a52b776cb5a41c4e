package io.econtext.load;

import io.econtext.core.Message;

/**
 * What is said of a directory: the hash codes of the paths of all that may be had from it. There is one of its classes, by
 * the directory's name with a slash behind it, and one of its resources, with a slash before it as well. Stateless.
 */
public final class Digest {
    private static final String CLASS = ".class";

    private Digest() {}

    /** The name of the digest that has the class or the resource of that name, which has a slash before it. */
    public static String name(String of) {
        String path = path(of);
        return path.substring(0, path.lastIndexOf('/') + 1);
    }

    /** Whether nothing of that name is there. Class files that are wanted as resources are in no digest. */
    public static boolean lacks(byte[] digest, String name) {
        String path = path(name);
        boolean resource = isResource(name);
        int hash = (resource ? path.substring(1) : path).hashCode();
        for (int i = 0; i < digest.length; i += 4) {
            if (Message.getInt(digest, i) == hash) {
                return false;
            }
        }
        return !(resource && path.endsWith(CLASS));
    }

    private static String path(String name) {
        return isResource(name) ? name : name.replace('.', '/') + CLASS;
    }

    private static boolean isResource(String name) {
        return name.startsWith("/");
    }
}
