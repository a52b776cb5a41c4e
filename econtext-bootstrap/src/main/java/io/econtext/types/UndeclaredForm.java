package io.econtext.types;

import io.econtext.core.SmileReader;
import io.econtext.core.SmileWriter;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What is declared as Object: only values that say by themselves what they are. Each arrives as what it was, but that a
 * whole number is an Integer if it fits, else a Long.
 *
 * <p>Immutable.
 */
final class UndeclaredForm implements Form {
    private final NumberForm numbers = new NumberForm();
    private final CollectionForm lists = new CollectionForm(ArrayList.class);
    private final MapForm maps = new MapForm(LinkedHashMap.class);

    @Override
    public void check(Object value, Type declared) {
        if (!(value instanceof List || value instanceof Map)) {
            numbers.check(value, declared);
        }
    }

    @Override
    public void put(SmileWriter out, Object value, Type declared) {
        if (value instanceof List) {
            lists.put(out, value, declared);
        } else if (value instanceof Map) {
            maps.put(out, value, declared);
        } else {
            numbers.put(out, value, declared);
        }
    }

    @Override
    public Object get(SmileReader in, Type declared) {
        Object found = in.next();
        if (found == SmileReader.ARRAY) {
            return lists.elements(in, declared);
        }
        return found == SmileReader.OBJECT ? maps.entries(in, declared) : found;
    }
}
