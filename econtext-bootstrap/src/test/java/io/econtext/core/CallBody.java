package io.econtext.core;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.invoke.MethodType;
import java.util.ArrayList;
import java.util.List;

/** The body of a call, as {@link Invocation} draws it. Used by one thread. */
final class CallBody {
    static final int CONSTRUCTOR = 2;

    private static int numbers;

    final int number = ++numbers;
    private final int kind;
    private int millis = 60000;
    private int turn;
    private int loader;
    private int object;
    private Class<?> owner = Object.class;
    private String ownerName;
    private String method = "";
    private MethodType type = MethodType.methodType(void.class);
    private String result = "";
    private final List<byte[]> arguments = new ArrayList<>();

    CallBody(int kind) {
        this.kind = kind;
    }

    static CallBody of(Class<?> owner, String method, Class<?> result, Class<?>... parameters) {
        return new CallBody(Invocation.STATIC).method(owner, method, result, parameters);
    }

    static CallBody making(int kind, Class<?> owner, Class<?>... parameters) {
        return new CallBody(kind).method(owner, "", kind == Invocation.KEEP ? int.class : owner, parameters);
    }

    CallBody method(Class<?> of, String name, Class<?> result, Class<?>... parameters) {
        owner = of;
        method = name;
        type = MethodType.methodType(result, parameters);
        return this;
    }

    /** @param signature its result's generic type, as JVMS 4.7.9.1 has it */
    CallBody returning(String signature) {
        result = signature;
        return this;
    }

    CallBody with(Object argument) {
        return with(Binder.write(argument, argument == null ? Object.class : argument.getClass()));
    }

    CallBody with(byte[] smile) {
        arguments.add(smile);
        return this;
    }

    CallBody millis(int toDeadline) {
        millis = toDeadline;
        return this;
    }

    /** Its number in a chain. */
    CallBody turn(int number) {
        turn = number;
        return this;
    }

    CallBody loader(int id) {
        loader = id;
        return this;
    }

    CallBody object(int number) {
        object = number;
        return this;
    }

    CallBody ownerName(String name) {
        ownerName = name;
        return this;
    }

    byte[] bytes() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        try {
            out.writeByte(kind);
            out.writeInt(number);
            out.writeInt(millis);
            out.writeInt(turn);
            out.writeInt(loader);
            out.writeUTF("");
            out.writeInt(object);
            out.writeUTF(ownerName == null ? owner.getName() : ownerName);
            out.writeUTF(method);
            out.writeUTF(type.toMethodDescriptorString());
            out.writeUTF(result);
            out.writeByte(arguments.size());
            for (byte[] argument : arguments) {
                out.writeUTF("");
                out.writeInt(argument.length);
                out.write(argument);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }
}
