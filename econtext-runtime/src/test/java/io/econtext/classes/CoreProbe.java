package io.econtext.classes;

import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.Inflater;

/** Unpacks the core in a JVM of its own and initializes each class, which verifies it. Its main thread does all. */
final class CoreProbe {
    private CoreProbe() {}

    /** @param arguments the file with the packed core, the names of its classes */
    public static void main(String[] arguments) throws Exception {
        ByteBuffer core = ByteBuffer.wrap(Files.readAllBytes(Path.of(arguments[0])));
        byte[] packed = new byte[core.getInt()];
        core.get(packed);
        byte[] room = new byte[1 << 17];
        Inflater inflater = new Inflater(true);
        inflater.setInput(packed);
        int length = inflater.inflate(room);
        Class<?> unpacker = Class.forName("io.econtext.core.Unpacker");
        Constructor<?> constructor = unpacker.getDeclaredConstructor(byte[].class, int.class);
        constructor.setAccessible(true);
        Method unpack = unpacker.getDeclaredMethod("unpack");
        unpack.setAccessible(true);
        ClassLoader loader = ((Class<?>) unpack.invoke(constructor.newInstance(room, length))).getClassLoader();
        for (String name : arguments[1].split(",")) {
            System.out.println("initialized " + Class.forName(name, true, loader));
        }
    }
}
