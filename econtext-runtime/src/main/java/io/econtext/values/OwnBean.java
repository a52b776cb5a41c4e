package io.econtext.values;

import com.fasterxml.jackson.annotation.JsonFormat;
import io.econtext.core.ValueException;
import java.util.Iterator;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.BeanProperty;
import tools.jackson.databind.SerializationConfig;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.ValueSerializer;
import tools.jackson.databind.jsontype.TypeSerializer;
import tools.jackson.databind.ser.PropertyWriter;
import tools.jackson.databind.util.NameTransformer;

/**
 * A bean of an application, as Jackson writes it; one of a subclass is refused where nothing tells the reader its type,
 * as its own part would be lost.
 *
 * <p>Immutable, but for what Jackson resolves in it before use.
 */
final class OwnBean extends ValueSerializer<Object> {
    private static final String LOST =
            "%s can't travel: it is declared as %s: name its subtypes there by @JsonTypeInfo(use"
                    + " = NAME) and @JsonSubTypes, or seal it";

    private final ValueSerializer<Object> serializer;
    private final Class<?> declared;
    private final @Nullable BeanProperty property;

    @SuppressWarnings("unchecked")
    OwnBean(ValueSerializer<?> serializer, Class<?> declared, @Nullable BeanProperty property) {
        this.serializer = (ValueSerializer<Object>) serializer;
        this.declared = declared;
        this.property = property;
    }

    private OwnBean of(ValueSerializer<?> other) {
        return other == serializer ? this : new OwnBean(other, declared, property);
    }

    @Override
    public void serialize(Object value, JsonGenerator out, SerializationContext context) {
        if (value.getClass() != declared) {
            throw new ValueException(LOST.formatted(value.getClass().getName(), declared.getName()));
        }
        serializer.serialize(value, out, context);
    }

    @Override
    public void serializeWithType(Object value, JsonGenerator out, SerializationContext context, TypeSerializer type) {
        ValueSerializer<Object> own = value.getClass() == declared
                ? serializer
                : context.findPrimaryPropertySerializer(value.getClass(), property);
        own.serializeWithType(value, out, context, type);
    }

    @Override
    public void resolve(SerializationContext context) {
        serializer.resolve(context);
    }

    @Override
    public ValueSerializer<?> createContextual(SerializationContext context, BeanProperty where) {
        return new OwnBean(serializer.createContextual(context, where), declared, where);
    }

    @Override
    public ValueSerializer<Object> unwrappingSerializer(NameTransformer names) {
        return serializer.unwrappingSerializer(names);
    }

    @Override
    public ValueSerializer<?> withFilterId(Object filter) {
        return of(serializer.withFilterId(filter));
    }

    @Override
    public ValueSerializer<?> withIgnoredProperties(Set<String> ignored) {
        return of(serializer.withIgnoredProperties(ignored));
    }

    @Override
    public ValueSerializer<?> withFormatOverrides(SerializationConfig config, JsonFormat.Value format) {
        return of(serializer.withFormatOverrides(config, format));
    }

    @Override
    public Class<?> handledType() {
        return serializer.handledType();
    }

    @Override
    public boolean usesObjectId() {
        return serializer.usesObjectId();
    }

    @Override
    public boolean isEmpty(SerializationContext context, Object value) {
        return serializer.isEmpty(context, value);
    }

    @Override
    public ValueSerializer<?> getDelegatee() {
        return serializer;
    }

    @Override
    public Iterator<PropertyWriter> properties() {
        return serializer.properties();
    }
}
