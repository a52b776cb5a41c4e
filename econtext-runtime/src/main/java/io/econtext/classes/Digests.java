package io.econtext.classes;

import java.io.IOException;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Says what a directory has, without naming it: by hash codes, and only of what may leave. Not said of a directory with
 * something that may leave later. Stateless.
 */
final class Digests {
    private static final int LONGEST = 4096;
    private static final String CLASS = ".class";

    private Digests() {}

    /** @return {@code null} if nothing can be said */
    static @Nullable Entry of(Application application, Listing listing, String directory, Policy policy)
            throws IOException {
        Set<Integer> hashes = new TreeSet<>();
        boolean[] later = {false};
        listing.each(directory, (path, folder) -> {
            if (path.endsWith(CLASS)) {
                String name = path.substring(0, path.length() - CLASS.length()).replace('/', '.');
                if (policy.refuseClass(name) == null) {
                    hashes.add(path.hashCode());
                }
            } else if (policy.refuseResource(path) == null) {
                if (policy.refuseFound(path, folder, application.packages()) == null) {
                    hashes.add(path.hashCode());
                } else {
                    later[0] |= !folder && !directory.isEmpty();
                }
            }
        });
        for (String path : LoggingBridge.paths()) {
            if (path.startsWith(directory) && path.indexOf('/', directory.length()) < 0) {
                hashes.add(path.hashCode());
            }
        }
        return later[0] || hashes.size() > LONGEST ? null : Entry.digest(application.id, directory, hashes);
    }
}
