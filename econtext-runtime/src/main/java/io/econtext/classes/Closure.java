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
 * What classes will need next, as their constant pools tell: the nearest first, up to limits, and nothing that was sent.
 * For one thread.
 */
final class Closure {
    /** Levels of references followed, and bytes after which no more are added; compressed, about 64 KiB. */
    static final int LEVELS = 6;

    static final int BUDGET = 160 << 10;

    private final Finder finder;
    private final Set<String> sent;
    private final Map<String, ClassFile> found = new LinkedHashMap<>();
    private int bytes;

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
        for (int i = 0; i < LEVELS && !level.isEmpty(); i++) {
            level = next(level);
        }
        return this;
    }

    private List<ClassFile> next(List<ClassFile> level) throws IOException {
        List<ClassFile> next = new ArrayList<>();
        for (ClassFile from : level) {
            for (String name : from.references()) {
                ClassFile file = found.containsKey(name) ? null : finder.find(name);
                if (file != null && bytes + file.bytes().length <= BUDGET && sent.add(file.key())) {
                    add(file, next);
                }
            }
        }
        return next;
    }

    private void add(ClassFile file, List<ClassFile> level) {
        found.put(file.name(), file);
        bytes += file.bytes().length;
        level.add(file);
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
