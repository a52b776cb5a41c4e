package io.econtext.types;

import io.econtext.core.Binder;
import io.econtext.core.SmileReader;
import io.econtext.core.SmileWriter;
import java.lang.reflect.Type;
import java.net.URL;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.SortedSet;
import java.util.concurrent.PriorityBlockingQueue;

/**
 * A collection: an array of its elements, in its order.
 *
 * <p>Immutable.
 */
final class CollectionForm implements Form {
    private final Class<?> made;

    CollectionForm(Class<?> made) {
        this.made = made;
    }

    @Override
    public Map<String, Type> parts(Type declared) {
        return Collections.singletonMap("[]", element(declared));
    }

    @Override
    public void check(Object value, Type declared) {
        if (!(value instanceof Collection)) {
            throw Forms.refused(value.getClass(), "is no collection");
        }
        boolean sorted = SortedSet.class.isAssignableFrom(made) && ((SortedSet<?>) value).comparator() != null
                || made == PriorityQueue.class && ((PriorityQueue<?>) value).comparator() != null
                || made == PriorityBlockingQueue.class && ((PriorityBlockingQueue<?>) value).comparator() != null;
        if (sorted) {
            throw Forms.refused(value.getClass(), "is sorted by a comparator of its own");
        }
    }

    @Override
    public void put(SmileWriter out, Object value, Type declared) {
        Type element = element(declared);
        int index = 0;
        out.open(SmileWriter.ARRAY);
        for (Object each : (Collection<?>) value) {
            try {
                Binder.put(out, each, element);
            } catch (RuntimeException e) {
                throw Located.at(index, e);
            }
            index++;
        }
        out.close(SmileWriter.ARRAY);
    }

    @Override
    public Object get(SmileReader in, Type declared) {
        return Form.opens(SmileReader.ARRAY, in, declared) ? elements(in, declared) : null;
    }

    Collection<Object> elements(SmileReader in, Type declared) {
        Type element = element(declared);
        Collection<Object> collection = empty(Generics.raw(element));
        for (int index = 0; in.more(); index++) {
            try {
                collection.add(Binder.get(in, element));
            } catch (RuntimeException e) {
                throw Located.at(index, e);
            }
        }
        return collection;
    }

    private Type element(Type declared) {
        Type element = Generics.argument(
                declared, Generics.raw(declared) == Iterable.class ? Iterable.class : Collection.class, 0);
        if (element == URL.class && Set.class.isAssignableFrom(made)) {
            throw TextForm.hashedUrl();
        }
        return element;
    }

    @SuppressWarnings({"unchecked", "rawtypes"})
    private Collection<Object> empty(Class<?> element) {
        if (made == EnumSet.class) {
            return (Collection) EnumSet.noneOf((Class) element);
        }
        try {
            return (Collection<Object>) made.getConstructor().newInstance();
        } catch (ReflectiveOperationException e) {
            throw Forms.refused(made, "could not be made: " + e);
        }
    }
}
