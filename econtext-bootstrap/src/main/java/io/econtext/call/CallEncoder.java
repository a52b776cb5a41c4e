package io.econtext.call;

import io.econtext.NotPortableException;
import io.econtext.core.Binder;
import io.econtext.types.ByJackson;
import io.econtext.types.CoreForm;
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
    private static final String NOTHING = "V";

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
        List<String> erased = erased(target);
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
            String result = result(target);
            more |= !result.isEmpty() && !result.equals(NOTHING);
            out.writeUTF(result);
            out.writeByte(given);
            for (int i = 0; i < given; i++) {
                Type type = types.get(i);
                boolean last = sender != null && i == given - 1;
                byte[] value = last ? Binder.write(sender, byte[].class) : argument(target, i, arguments[i], type);
                Type named = values.named(type);
                byJackson |= named != type;
                String signature = signature(named, erased.get(i));
                more |= !signature.isEmpty();
                out.writeUTF(signature);
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

    /** The types that the descriptor tells, the receiver's first where there is one. */
    private static List<String> erased(Target target) {
        List<String> erased = new ArrayList<>();
        if (target.kind == Target.VIRTUAL) {
            erased.add("L" + target.className.replace('.', '/') + ";");
        }
        String descriptor = target.descriptor;
        for (int start = 1, end = 1; descriptor.charAt(start) != ')'; start = end) {
            while (descriptor.charAt(end) == '[') {
                end++;
            }
            end = descriptor.charAt(end) == 'L' ? descriptor.indexOf(';', end) + 1 : end + 1;
            erased.add(descriptor.substring(start, end));
        }
        return erased;
    }

    /** What the context is to write, where neither the descriptor nor the value tells. */
    private String result(Target target) {
        String erased = target.descriptor.substring(target.descriptor.indexOf(')') + 1);
        boolean told = !erased.equals(NOTHING) && target.result != void.class && CoreForm.serves(target.result);
        return told || target.kind == Target.KEEP ? "" : signature(values.named(target.result), erased);
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
    private static String signature(Type type, String erased) {
        String signature = Signatures.of(type);
        return signature.equals(erased) ? "" : signature;
    }
}
