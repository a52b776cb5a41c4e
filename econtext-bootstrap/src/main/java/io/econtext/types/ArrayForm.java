package io.econtext.types;

import io.econtext.core.Binder;
import io.econtext.core.SmileReader;
import io.econtext.core.SmileWriter;
import java.lang.reflect.Array;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/**
 * An array: its elements; an array of chars is a text, and one of bytes is the core's.
 *
 * <p>Stateless.
 */
final class ArrayForm implements Form {
    @Override
    public Map<String, Type> parts(Type declared) {
        return Collections.singletonMap("[]", Generics.component(declared));
    }

    @Override
    public void put(SmileWriter out, Object value, Type declared) {
        if (value instanceof char[]) {
            out.scalar(new String((char[]) value));
            return;
        }
        Type component = Generics.component(declared);
        out.open(SmileWriter.ARRAY);
        int length = Array.getLength(value);
        for (int index = 0; index < length; index++) {
            try {
                Binder.put(out, Array.get(value, index), component);
            } catch (RuntimeException e) {
                throw Located.at(index, e);
            }
        }
        out.close(SmileWriter.ARRAY);
    }

    @Override
    public Object get(SmileReader in, Type declared) {
        if (declared == char[].class) {
            String text = Form.text(in, declared);
            return text == null ? null : text.toCharArray();
        }
        if (!Form.opens(SmileReader.ARRAY, in, declared)) {
            return null;
        }
        Type component = Generics.component(declared);
        List<Object> elements = new ArrayList<>();
        while (in.more()) {
            try {
                elements.add(Binder.get(in, component));
            } catch (RuntimeException e) {
                throw Located.at(elements.size(), e);
            }
        }
        Object array = Array.newInstance(Generics.raw(component), elements.size());
        for (int index = 0; index < elements.size(); index++) {
            Array.set(array, index, elements.get(index));
        }
        return array;
    }
}
