package io.econtext.types;

import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.LinkedList;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.LinkedBlockingDeque;

/**
 * Which class is made for a declared collection or map of the JDK.
 *
 * <p>Stateless.
 */
public final class Usual {
    private Usual() {}

    /** The first usual class for an interface or abstract class, a class with a public constructor itself, or null. */
    public static Class<?> of(Class<?> declared) {
        boolean collection = declared == Iterable.class || Collection.class.isAssignableFrom(declared);
        if (!collection && !Map.class.isAssignableFrom(declared)) {
            return null;
        }
        if (declared == EnumSet.class || declared == EnumMap.class) {
            return declared; // made for the enum
        }
        if (!Modifier.isAbstract(declared.getModifiers())) {
            try {
                declared.getConstructor();
                return Modifier.isPublic(declared.getModifiers()) ? declared : null;
            } catch (NoSuchMethodException e) {
                return null;
            }
        }
        return collection ? collection(declared) : map(declared);
    }

    // One after the other, not from a list, which would load them all.

    private static Class<?> collection(Class<?> declared) {
        if (declared.isAssignableFrom(ArrayList.class)) {
            return ArrayList.class;
        }
        if (declared.isAssignableFrom(LinkedHashSet.class)) {
            return LinkedHashSet.class;
        }
        if (declared.isAssignableFrom(TreeSet.class)) {
            return TreeSet.class;
        }
        if (declared.isAssignableFrom(LinkedList.class)) {
            return LinkedList.class;
        }
        return declared.isAssignableFrom(LinkedBlockingDeque.class) ? LinkedBlockingDeque.class : null;
    }

    private static Class<?> map(Class<?> declared) {
        if (declared.isAssignableFrom(LinkedHashMap.class)) {
            return LinkedHashMap.class;
        }
        if (declared.isAssignableFrom(TreeMap.class)) {
            return TreeMap.class;
        }
        if (declared.isAssignableFrom(ConcurrentHashMap.class)) {
            return ConcurrentHashMap.class;
        }
        return declared.isAssignableFrom(ConcurrentSkipListMap.class) ? ConcurrentSkipListMap.class : null;
    }
}
