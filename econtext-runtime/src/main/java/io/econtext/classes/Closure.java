package io.econtext.classes;

import io.econtext.broker.ClassServer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What classes will need next, as their constant pools tell: the nearest first, each behind what it extends, up to a
 * limit, and nothing that was sent. For one thread.
 */
final class Closure {
    /** Bytes after which no more are added; compressed, less than half. */
    static final int BUDGET = 224 << 10;

    private static final int BUDGET_OF_OWN = 160 << 10;
    /** Levels of references followed among econtext's own classes, of which most are never needed together. */
    private static final int LEVELS_OF_OWN = 6;

    private static final int MOST_LEFT = 1000;

    private final Finder finder;
    private final ClassServer.Sent sent;
    private final Map<String, ClassFile> found = new LinkedHashMap<>();
    private int bytes;
    private int depth;

    /** @param sent what needn't be added; what is added is added to it, and what is left out noted */
    Closure(Finder finder, ClassServer.Sent sent) {
        this.finder = finder;
        this.sent = sent;
    }

    /** Adds classes, each of which was asked for, and what they need. */
    Closure add(Collection<ClassFile> wanted) throws IOException {
        List<ClassFile> level = new ArrayList<>();
        for (ClassFile file : wanted) {
            sent.keys().add(file.key());
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
            if (sent.keys().add(file.key())) {
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

    /** Goes on where there was no more room the last time. */
    Closure addLeft() throws IOException {
        List<String> names;
        synchronized (sent.left()) {
            names = new ArrayList<>(sent.left());
            sent.left().clear();
        }
        List<ClassFile> level = new ArrayList<>();
        for (String name : names) {
            addIfThere(name, level);
        }
        while (!level.isEmpty()) {
            level = next(level);
        }
        return this;
    }

    private void addIfThere(String name, List<ClassFile> level) throws IOException {
        if (found.containsKey(name)) {
            return;
        }
        ClassFile file = bytes < BUDGET || sent.left().size() < MOST_LEFT ? finder.find(name) : null;
        if (file == null
                || sent.keys().contains(file.key())
                || file.owner() == OwnClasses.LOADER && depth > LEVELS_OF_OWN) {
            return;
        }
        if (bytes + file.bytes().length > (file.owner() == OwnClasses.LOADER ? BUDGET_OF_OWN : BUDGET)) {
            if (sent.left().size() < MOST_LEFT) {
                sent.left().add(name);
            }
        } else if (sent.keys().add(file.key())) {
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
