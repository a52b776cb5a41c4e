package io.econtext.values;

import java.lang.reflect.Array;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.ValueDeserializer;

/**
 * Reads arrays of numbers and truth values as strictly as their elements. (Those of bytes and characters are scalars.)
 *
 * <p>Immutable.
 */
final class PrimitiveArrays extends ValueDeserializer<Object> {
    private final Class<?> component;
    private final Scalars element;

    PrimitiveArrays(Class<?> component) {
        this.component = component;
        this.element = new Scalars(component);
    }

    @Override
    public Object deserialize(JsonParser in, DeserializationContext context) {
        if (!in.isExpectedStartArrayToken()) {
            return context.handleUnexpectedToken(component.arrayType(), in);
        }
        List<Object> elements = new ArrayList<>();
        for (JsonToken token = in.nextToken(); token != JsonToken.END_ARRAY; token = in.nextToken()) {
            try {
                elements.add(
                        token == JsonToken.VALUE_NULL
                                ? element.getNullValue(context)
                                : element.deserialize(in, context));
            } catch (JacksonException e) {
                throw e.prependPath(component, elements.size());
            }
        }
        Object array = Array.newInstance(component, elements.size());
        for (int i = 0; i < elements.size(); i++) {
            Array.set(array, i, elements.get(i));
        }
        return array;
    }
}
