package io.econtext.classes;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What classes will need next, as their constant pools tell: the nearest first, each behind what it extends, up to a
 * limit, and nothing that was sent. For one thread.
 */
final class Closure {
    /** Bytes after which no more are added; compressed, less than half. */
    static final int BUDGET = 224 << 10;

    /** Levels of references followed among econtext's own classes, of which most are never needed together. */
    private static final int LEVELS_OF_OWN = 6;

    private final Finder finder;
    private final Set<String> sent;
    private final Map<String, ClassFile> found = new LinkedHashMap<>();
    private int bytes;
    private int depth;

    /** @param sent the keys of what needn't be added; what is added is added to it */
    Closure(Finder finder, Set<String> sent) {
        this.finder = finder;
        this.sent = sent;
    }

    /** Adds classes, each of which was asked for, and what they need. */
    Closure add(Collection<ClassFile> wanted) throws IOException {
        List<ClassFile> level = new ArrayList<>();
        for (ClassFile file : wanted) {
            sent.add(file.key());
            add(file, level);
        }
        for (depth = 1; !level.isEmpty(); depth++) {
            level = next(level);
        }
        return this;
    }

    /** Adds classes without what they need. */
    Closure addOnly(Collection<ClassFile> wanted) {
        for (ClassFile file : wanted) {
            if (sent.add(file.key())) {
                found.put(file.name(), file);
            }
        }
        return this;
    }

    private List<ClassFile> next(List<ClassFile> level) throws IOException {
        List<ClassFile> next = new ArrayList<>();
        for (ClassFile from : level) {
            for (String name : from.references()) {
                addIfThere(name, next);
            }
        }
        return next;
    }

    private void addIfThere(String name, List<ClassFile> level) throws IOException {
        ClassFile file = bytes >= BUDGET || found.containsKey(name) ? null : finder.find(name);
        if (file != null && file.owner() == OwnClasses.LOADER && depth > LEVELS_OF_OWN) {
            return;
        }
        if (file != null && bytes + file.bytes().length <= BUDGET && sent.add(file.key())) {
            add(file, level);
        }
    }

    private void add(ClassFile file, List<ClassFile> level) throws IOException {
        found.put(file.name(), file);
        bytes += file.bytes().length;
        level.add(file);
        // loading it loads these; all else may never be needed
        for (String name : file.supertypes()) {
            addIfThere(name, level);
        }
    }

    Collection<ClassFile> files() {
        return found.values();
    }

    /** Finds classes that may leave; {@code null} where there is none, or none that should go without being asked for. */
    interface Finder {
        @Nullable
        ClassFile find(String name) throws IOException;
    }
}
