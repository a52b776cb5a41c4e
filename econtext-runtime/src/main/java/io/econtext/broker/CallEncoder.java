package io.econtext.broker;

import io.econtext.NotPortableException;
import io.econtext.core.Binder;
import io.econtext.core.Message;
import io.econtext.types.Signatures;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.List;

/** Writes calls as {@code io.econtext.core.Invocation} reads them. Safe for use by any thread. */
final class CallEncoder {
    static final String TYPES = "io.econtext.types.Forms";
    private static final int STREAMS = 8;
    private static final String COUNT = "%s takes %d arguments, %d are given";
    private static final String ARGUMENT = "argument %d of %s can't travel: %s";
    private static final String RESULT = "the result of %s can't travel: %s";

    private final ValueCodec values;
    private final ClassServer classes;

    CallEncoder(ValueCodec values, ClassServer classes) {
        this.values = values;
        this.classes = classes;
    }

    /** A call that is ready to be sent to any context, but for its number and deadline. */
    record Encoded(Target target, byte[] head, byte[] tail, int loader, List<String> needed) {
        /** Whether it travels in fragments. */
        boolean isLong() {
            return head.length + tail.length + 8 > Message.FRAGMENT;
        }

        byte[] body(int call, int millis) {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream(head.length + tail.length + 8);
            DataOutputStream out = new DataOutputStream(bytes);
            try {
                out.write(head);
                out.writeInt(call);
                out.writeInt(millis);
                out.write(tail);
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
            return bytes.toByteArray();
        }
    }

    /**
     * @param object the number of the kept object, for kinds that have one
     * @param sender the reference of a sender that becomes the last argument, or {@code null}
     * @throws NotPortableException if an argument or the declared result can't travel
     */
    Encoded encode(Target target, int object, Object[] arguments, byte[] sender) {
        List<Type> types = target.parameters();
        int given = arguments.length + (sender == null ? 0 : 1);
        if (types.size() != given) {
            throw new NotPortableException(COUNT.formatted(target.describe(), types.size(), given));
        }
        check(target);
        boolean more = target.kind() != Target.KEEP && values.needsMoreTypes(target.result());
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        int loader = classes.loaderId(target.loader());
        try {
            out.writeInt(0);
            out.writeInt(loader);
            out.writeUTF("");
            out.writeInt(object);
            out.writeUTF(target.className());
            out.writeUTF(target.method());
            out.writeUTF(target.descriptor());
            out.writeUTF(result(target));
            out.writeByte(given);
            for (int i = 0; i < given; i++) {
                Type type = types.get(i);
                boolean last = sender != null && i == given - 1;
                byte[] value = last ? Binder.write(sender, byte[].class) : argument(target, i, arguments[i], type);
                out.writeUTF(signature(type));
                out.writeInt(value.length);
                out.write(value);
                more |= last || values.needsMoreTypes(type);
            }
        } catch (IOException e) {
            throw new NotPortableException("a name in the call of " + target.describe() + " is too long", e);
        }
        List<String> needed = new ArrayList<>();
        needed.add(target.className());
        if (more) {
            needed.add(TYPES);
        }
        byte kind = (byte) (target.kind() | (sender == null ? 0 : STREAMS));
        return new Encoded(target, new byte[] {kind}, bytes.toByteArray(), loader, needed);
    }

    /** The descriptor doesn't say what a constructor makes, nor what the future holds that a method returns. */
    private static String result(Target target) {
        boolean told = target.kind() == Target.NEW || target.kind() == Target.KEPT;
        return told
                        && target.result() instanceof Class<?> type
                        && !target.descriptor().endsWith(")" + type.descriptorString())
                ? type.descriptorString()
                : signature(target.result());
    }

    private void check(Target target) {
        if (target.kind() != Target.KEEP && target.kind() != Target.RELEASE) {
            try {
                values.checkPortable(target.result());
            } catch (NotPortableException e) {
                throw new NotPortableException(RESULT.formatted(target.describe(), e.getMessage()), e);
            }
        }
    }

    private byte[] argument(Target target, int index, Object value, Type type) {
        try {
            return values.encode(value, type);
        } catch (NotPortableException e) {
            throw new NotPortableException(ARGUMENT.formatted(index + 1, target.describe(), e.getMessage()), e);
        }
    }

    /** The generic signature, or nothing where the descriptor says as much. */
    private static String signature(Type type) {
        return type instanceof Class ? "" : Signatures.of(type);
    }
}
