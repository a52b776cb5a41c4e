package io.econtext.call;

import io.econtext.NotPortableException;
import io.econtext.core.Binder;
import io.econtext.types.ByJackson;
import io.econtext.types.Signatures;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToIntFunction;

/** Writes calls as {@code io.econtext.core.Invocation} reads them. Safe for use by any thread. */
public final class CallEncoder {
    private static final String TYPES = "io.econtext.types.Forms";
    private static final int STREAMS = 8;

    private final ValueCodec values;
    private final ToIntFunction<ClassLoader> loaders;

    /** @param loaders gives the number by which messages name an application's loader */
    public CallEncoder(ValueCodec values, ToIntFunction<ClassLoader> loaders) {
        this.values = values;
        this.loaders = loaders;
    }

    /**
     * @param object the number of the kept object, for kinds that have one
     * @param sender the reference of a sender that becomes the last argument, or {@code null}
     * @throws NotPortableException if an argument or the declared result can't travel
     */
    public EncodedCall encode(Target target, int object, Object[] arguments, byte[] sender) {
        List<Type> types = target.parameters;
        int given = arguments.length + (sender == null ? 0 : 1);
        if (types.size() != given) {
            throw new NotPortableException(
                    target.describe() + " takes " + types.size() + " arguments, " + given + " are given");
        }
        check(target);
        boolean byJackson = values.named(target.result) != target.result;
        boolean more = target.kind != Target.KEEP && values.needsMoreTypes(target.result);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        int loader = loaders.applyAsInt(target.loader);
        try {
            out.writeInt(loader);
            out.writeUTF("");
            out.writeInt(object);
            out.writeUTF(target.className);
            out.writeUTF(target.method);
            out.writeUTF(target.descriptor);
            out.writeUTF(result(target));
            out.writeByte(given);
            for (int i = 0; i < given; i++) {
                Type type = types.get(i);
                boolean last = sender != null && i == given - 1;
                byte[] value = last ? Binder.write(sender, byte[].class) : argument(target, i, arguments[i], type);
                Type named = values.named(type);
                byJackson |= named != type;
                out.writeUTF(signature(named));
                out.writeInt(value.length);
                out.write(value);
                more |= last || values.needsMoreTypes(type);
            }
        } catch (IOException e) {
            throw new NotPortableException("a name in the call of " + target.describe() + " is too long", e);
        }
        List<String> needed = new ArrayList<>();
        needed.add(target.className);
        if (more) {
            needed.add(TYPES);
        }
        if (byJackson) {
            needed.add(ByJackson.NAME);
            needed.add(ByJackson.CODEC);
        }
        int kind = target.kind | (sender == null ? 0 : STREAMS);
        return new EncodedCall(target, kind, bytes.toByteArray(), loader, needed);
    }

    /** The descriptor doesn't say what a constructor makes, nor what the future holds that a method returns. */
    private String result(Target target) {
        Type named = values.named(target.result);
        if (named instanceof Class && (target.kind == Target.NEW || target.kind == Target.KEPT)) {
            String result = Signatures.of(named);
            if (!target.descriptor.endsWith(")" + result)) {
                return result;
            }
        }
        return signature(named);
    }

    private void check(Target target) {
        if (target.kind != Target.KEEP && target.kind != Target.RELEASE) {
            try {
                values.checkPortable(target.result);
            } catch (NotPortableException e) {
                throw new NotPortableException(
                        "the result of " + target.describe() + " can't travel: " + e.getMessage(), e);
            }
        }
    }

    private byte[] argument(Target target, int index, Object value, Type type) {
        try {
            return values.encode(value, type);
        } catch (NotPortableException e) {
            throw new NotPortableException(
                    "argument " + (index + 1) + " of " + target.describe() + " can't travel: " + e.getMessage(), e);
        }
    }

    /** The generic signature, or nothing where the descriptor says as much. */
    private static String signature(Type type) {
        return type instanceof Class ? "" : Signatures.of(type);
    }
}
