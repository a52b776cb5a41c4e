package io.econtext.values;

import io.econtext.types.Form;
import io.econtext.types.Forms;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.BeanProperty;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.ValueSerializer;

/**
 * Refuses values that would lose something where their type is declared: a subclass, a comparator.
 *
 * <p>Immutable, but for what Jackson resolves in it before use.
 */
final class Checked extends ValueSerializer<Object> {
    private final ValueSerializer<Object> serializer;
    private final Class<?> declared;
    private final Form form;

    @SuppressWarnings("unchecked")
    Checked(ValueSerializer<?> serializer, Class<?> declared) {
        this.serializer = (ValueSerializer<Object>) serializer;
        this.declared = declared;
        this.form = Forms.of(declared);
    }

    @Override
    public void resolve(SerializationContext context) {
        serializer.resolve(context);
    }

    @Override
    public ValueSerializer<?> createContextual(SerializationContext context, BeanProperty property) {
        ValueSerializer<?> contextual = serializer.createContextual(context, property);
        return contextual == serializer ? this : new Checked(contextual, declared);
    }

    @Override
    public void serialize(Object value, JsonGenerator out, SerializationContext context) {
        form.check(value, declared);
        serializer.serialize(value, out, context);
    }
}
