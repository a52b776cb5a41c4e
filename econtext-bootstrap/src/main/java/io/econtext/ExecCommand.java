package io.econtext;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A program to run: its arguments exactly as given, its directory and what its environment gets in addition. */
public final class ExecCommand {
    private List<String> command;
    private String directory;
    private Map<String, String> environment;
    private byte[] input;
    private boolean detached;

    private ExecCommand() {}

    private ExecCommand(
            List<String> command, String directory, Map<String, String> environment, byte[] input, boolean detached) {
        this.command = command;
        this.directory = directory;
        this.environment = environment;
        this.input = input;
        this.detached = detached;
    }

    public static ExecCommand of(String... command) {
        if (command.length == 0) {
            throw new IllegalArgumentException("a command needs a program");
        }
        return new ExecCommand(
                new ArrayList<>(Arrays.asList(command)), null, new LinkedHashMap<>(), new byte[0], false);
    }

    /** A line for {@code sh -c}. */
    public static ExecCommand shell(String line) {
        return of("sh", "-c", line);
    }

    public ExecCommand directory(String path) {
        return new ExecCommand(command, path, environment, input, detached);
    }

    public ExecCommand environment(String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(environment);
        more.put(name, value);
        return new ExecCommand(command, directory, more, input, detached);
    }

    /** What the program reads from stdin; by default nothing. */
    public ExecCommand input(byte[] bytes) {
        return new ExecCommand(command, directory, environment, bytes.clone(), detached);
    }

    /** Lets the program live on when the context ends. */
    public ExecCommand detached() {
        return new ExecCommand(command, directory, environment, input, true);
    }

    public List<String> command() {
        return Collections.unmodifiableList(command);
    }

    /** The directory, or {@code null} for the context's own. */
    public String directory() {
        return directory;
    }

    public Map<String, String> environment() {
        return Collections.unmodifiableMap(environment);
    }

    public byte[] input() {
        return input.clone();
    }

    public boolean isDetached() {
        return detached;
    }
}
