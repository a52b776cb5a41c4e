package io.econtext.load;

import io.econtext.core.Message;

/** What is said of a directory: the hash codes of the paths of all that may be had from it. Stateless. */
public final class Digest {
    private Digest() {}

    /** The directory of a path, with a slash behind it; nothing for what is in none. */
    public static String directory(String path) {
        return path.substring(0, path.lastIndexOf('/') + 1);
    }

    /** The path of a class file. */
    public static String path(String className) {
        return className.replace('.', '/') + ".class";
    }

    /** Whether nothing of that path is there. */
    public static boolean lacks(byte[] digest, String path) {
        int hash = path.hashCode();
        for (int i = 0; i < digest.length; i += 4) {
            if (Message.getInt(digest, i) == hash) {
                return false;
            }
        }
        return true;
    }
}
