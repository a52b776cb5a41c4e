package io.econtext.classes;

import java.io.IOException;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Says what a directory has, without naming it: by hash codes, and only of what may leave. Stateless. */
final class Digests {
    private static final int LONGEST = 4096;
    private static final String CLASS = ".class";

    private Digests() {}

    /**
     * @param directory a package's path with a slash behind it; nothing for what has no package
     * @param resources whether it is to be of these, and not of classes
     * @return {@code null} if nothing can be said: there is too much, or resources that may leave later
     */
    static @Nullable Entry of(
            Application application, Listing listing, String directory, boolean resources, Policy policy)
            throws IOException {
        Set<Integer> hashes = new TreeSet<>();
        boolean[] later = {false};
        listing.each(directory, (path, folder) -> {
            boolean isClass = path.endsWith(CLASS);
            if (isClass && !resources) {
                String name = path.substring(0, path.length() - CLASS.length()).replace('/', '.');
                if (policy.refuseClass(name) == null) {
                    hashes.add(path.hashCode());
                }
            } else if (!isClass && resources && policy.refuseResource(path) == null) {
                if (policy.refuseFound(path, folder, application.packages()) == null) {
                    hashes.add(path.hashCode());
                } else {
                    later[0] |= !folder && !directory.isEmpty();
                }
            }
        });
        for (String path : LoggingBridge.paths()) {
            if (path.endsWith(CLASS) != resources && Listing.directory(path).equals(directory)) {
                hashes.add(path.hashCode());
            }
        }
        return later[0] || hashes.size() > LONGEST
                ? null
                : Entry.digest(application.id, resources ? "/" + directory : directory, hashes);
    }
}
