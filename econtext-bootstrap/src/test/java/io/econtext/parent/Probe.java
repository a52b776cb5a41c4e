package io.econtext.parent;

import java.io.BufferedReader;
import java.io.File;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.lang.reflect.Field;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** What the tests boot instead of the core: says that it is up and obeys lines, each answered by lines and a dot. */
public final class Probe {
    private static PrintStream out;

    private Probe() {}

    public static void main(String[] arguments) throws Exception {
        if (Boolean.getBoolean("probe.die")) {
            throw new IllegalStateException("the probe dies early");
        }
        FileInputStream in = new FileInputStream(descriptor(arguments[0]));
        out = new PrintStream(new FileOutputStream(descriptor(arguments[1])), true, StandardCharsets.UTF_8);
        try (FileOutputStream up = new FileOutputStream(descriptor(arguments[6]))) {
            up.write('\n');
        }
        out.print("\necontext-" + arguments[5] + " up " + Runtime.version().feature() + "\n");
        BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            int space = (line + " ").indexOf(' ');
            obey(line.substring(0, space), line.substring(Math.min(line.length(), space + 1)), arguments);
            out.println(".");
        }
    }

    private static void obey(String word, String rest, String[] arguments) throws Exception {
        switch (word) {
            case "echo" -> out.println(rest);
            case "arguments" -> out.println(String.join(" ", arguments));
            case "property" -> out.println(System.getProperty(rest));
            case "environment" -> out.println(System.getenv(rest));
            case "commandline" ->
                out.println(Files.readString(Path.of("/proc/self/cmdline")).replace('\0', '\n'));
            case "descriptors" -> descriptors();
            case "print" -> System.out.println(rest);
            case "print-error" -> System.err.println(rest);
            case "read" -> out.print(new String(read(arguments[Integer.parseInt(rest)]), StandardCharsets.UTF_8));
            case "list" -> list(rest);
            case "sh" -> sh(rest);
            case "threads" -> threads(Integer.parseInt(rest));
            case "out-of-memory" -> fillMemory();
            default -> throw new IllegalArgumentException(word);
        }
    }

    private static FileDescriptor descriptor(String number) throws Exception {
        FileDescriptor descriptor = new FileDescriptor();
        Field field = FileDescriptor.class.getDeclaredField("fd");
        field.setAccessible(true);
        field.setInt(descriptor, Integer.parseInt(number));
        return descriptor;
    }

    private static byte[] read(String number) throws Exception {
        FileInputStream in = new FileInputStream(descriptor(number));
        // readNBytes asks a FileInputStream for its position, which a pipe doesn't have
        byte[] bytes = new byte[in.available()];
        return Arrays.copyOf(bytes, in.read(bytes));
    }

    private static void descriptors() throws IOException {
        for (File entry : new File("/proc/self/fd").listFiles()) {
            if (entry.exists() || Files.isSymbolicLink(entry.toPath())) {
                out.println(entry.getName() + " " + Files.readSymbolicLink(entry.toPath()));
            }
        }
    }

    private static void list(String directory) throws IOException {
        for (File entry : new File(directory).listFiles()) {
            try (FileInputStream in = new FileInputStream(entry)) {
                out.println(entry.getName() + " " + Files.size(entry.toPath()) + " " + in.available());
            }
        }
    }

    private static void sh(String command) throws Exception {
        Process process = new ProcessBuilder("sh", "-c", command, "sh", "ü中").start();
        process.getOutputStream().close();
        out.print(new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
        process.waitFor();
    }

    private static void threads(int number) {
        for (int i = 0; i < number; i++) {
            String name = "one of many " + i;
            Thread thread = new Thread(null, new Parked(), name, 64 * 1024);
            thread.setDaemon(true);
            thread.start();
        }
    }

    private static void fillMemory() {
        List<byte[]> blocks = new ArrayList<>();
        while (true) {
            blocks.add(new byte[8 * 1024 * 1024]);
        }
    }

    /** Waits for nothing, for ever. */
    private static final class Parked implements Runnable {
        @Override
        public synchronized void run() {
            try {
                wait();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
