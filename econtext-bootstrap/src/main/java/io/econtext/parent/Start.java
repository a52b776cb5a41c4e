package io.econtext.parent;

import io.econtext.Launch;

/**
 * All that a parent needs to start a child. Travels to it, with the password if the way in needs one; the boot jar and
 * the core are asked for.
 */
public final class Start {
    int id;
    String name;
    Launch launch;
    /** {@link FirstStage}'s command line, what goes to its stdin before the boot jar, and its answer. */
    String command;

    byte[] script;
    String answer;
    /** What a context reads after the core. */
    byte[] configuration;

    int timeoutMillis;
    int heartbeatMillis;
    int maxMessage;
    /** Whether children may not talk to each other. */
    boolean unidirectional;

    /** For a value that arrives. */
    Start() {
        this(0, null, null, null, null, null, null, 0, 0, 0, false);
    }

    public Start(
            int id,
            String name,
            Launch launch,
            String command,
            byte[] script,
            String answer,
            byte[] configuration,
            int timeoutMillis,
            int heartbeatMillis,
            int maxMessage,
            boolean unidirectional) {
        this.id = id;
        this.name = name;
        this.launch = launch;
        this.command = command;
        this.script = script;
        this.answer = answer;
        this.configuration = configuration;
        this.timeoutMillis = timeoutMillis;
        this.heartbeatMillis = heartbeatMillis;
        this.maxMessage = maxMessage;
        this.unidirectional = unidirectional;
    }

    @Override
    public String toString() {
        return name + " (" + id + ")";
    }
}
