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
import java.util.concurrent.LinkedTransferQueue;

/**
 * Which class is made for a declared collection or map of the JDK.
 *
 * <p>Stateless.
 */
public final class Usual {
    private static final Class<?>[] USUAL = {
        ArrayList.class,
        LinkedHashSet.class,
        TreeSet.class,
        LinkedList.class,
        LinkedHashMap.class,
        TreeMap.class,
        LinkedBlockingDeque.class,
        LinkedTransferQueue.class,
        ConcurrentHashMap.class,
        ConcurrentSkipListMap.class,
    };

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
        for (int i = 0; i < USUAL.length; i++) {
            if (declared.isAssignableFrom(USUAL[i])) {
                return USUAL[i];
            }
        }
        return null;
    }
}
