package io.econtext;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** What a context is to be like, whatever the way in. Immutable; each option has a default that serves. */
public final class ContextOptions {
    /** No option set. */
    public static final ContextOptions DEFAULTS = builder().build();

    private final String java;
    private final List<String> jvmOptions;
    private final String maxHeap;
    private final Map<String, String> environment;
    private final String directory;
    private final String umask;
    private final String processName;
    private final String diskDirectory;
    private final Duration connectTimeout;
    private final Duration callTimeout;
    private final Duration grace;
    private final Duration heartbeat;
    private final int workers;
    private final boolean endedWhenStuck;
    private final Backoff reconnect;
    private final boolean valuesByJackson;

    private ContextOptions(Builder builder) {
        java = builder.java;
        jvmOptions = Collections.unmodifiableList(new ArrayList<>(builder.jvmOptions));
        maxHeap = builder.maxHeap;
        environment = Collections.unmodifiableMap(new LinkedHashMap<>(builder.environment));
        directory = builder.directory;
        umask = builder.umask;
        processName = builder.processName;
        diskDirectory = builder.diskDirectory;
        connectTimeout = builder.connectTimeout;
        callTimeout = builder.callTimeout;
        grace = builder.grace;
        heartbeat = builder.heartbeat;
        workers = builder.workers;
        endedWhenStuck = builder.endedWhenStuck;
        reconnect = builder.reconnect;
        valuesByJackson = builder.valuesByJackson;
    }

    public static Builder builder() {
        return new Builder();
    }

    public Builder toBuilder() {
        Builder builder = new Builder();
        builder.java = java;
        builder.jvmOptions.addAll(jvmOptions);
        builder.maxHeap = maxHeap;
        builder.environment.putAll(environment);
        builder.directory = directory;
        builder.umask = umask;
        builder.processName = processName;
        builder.diskDirectory = diskDirectory;
        builder.connectTimeout = connectTimeout;
        builder.callTimeout = callTimeout;
        builder.grace = grace;
        builder.heartbeat = heartbeat;
        builder.workers = workers;
        builder.endedWhenStuck = endedWhenStuck;
        builder.reconnect = reconnect;
        builder.valuesByJackson = valuesByJackson;
        return builder;
    }

    /** The Java launcher on the target; {@code null} to look for one. */
    public String java() {
        return java;
    }

    public List<String> jvmOptions() {
        return jvmOptions;
    }

    /** The heap's limit in the JVM's notation; by default {@code 128m}. */
    public String maxHeap() {
        return maxHeap;
    }

    public Map<String, String> environment() {
        return environment;
    }

    /** The working directory; {@code null} for the login's. */
    public String directory() {
        return directory;
    }

    /** The umask, octal; {@code null} for the login's. */
    public String umask() {
        return umask;
    }

    /** What {@code ps} shows; {@code null} for {@code econtext:user@host:pid} of the controller. */
    public String processName() {
        return processName;
    }

    /** A directory on disk that may hold the core for a moment; {@code null}, the default, for none. */
    public String diskDirectory() {
        return diskDirectory;
    }

    /** How long connecting may take, boot included; by default 30 s. */
    public Duration connectTimeout() {
        return connectTimeout;
    }

    /** The deadline of calls that set none; by default 60 s. */
    public Duration callTimeout() {
        return callTimeout;
    }

    /** How long running calls may go on when the context is closed or has lost its parent; by default 5 s. */
    public Duration grace() {
        return grace;
    }

    /** How often a silent link is probed; after four silent intervals it is ended. By default 10 s. */
    public Duration heartbeat() {
        return heartbeat;
    }

    /** How many calls run at a time; by default 16. Up to 10,000 more wait for their turn, and others are refused. */
    public int workers() {
        return workers;
    }

    /** Whether a call that ignores its interrupt ends the context; by default it is only reported. */
    public boolean isEndedWhenStuck() {
        return endedWhenStuck;
    }

    /**
     * The pauses before a context that was up and was lost is connected again, until it is up or closed; {@code null}, the
     * default, to connect it with the next call only.
     */
    public Backoff reconnect() {
        return reconnect;
    }

    /** Whether records and beans in values go by Jackson's rules and annotations; by default they go by their fields. */
    public boolean hasValuesByJackson() {
        return valuesByJackson;
    }

    /** Collects options. Not safe for use by several threads. */
    public static final class Builder {
        private String java;
        private final List<String> jvmOptions = new ArrayList<>();
        private String maxHeap = "128m";
        private final Map<String, String> environment = new LinkedHashMap<>();
        private String directory;
        private String umask;
        private String processName;
        private String diskDirectory;
        private Duration connectTimeout = Duration.ofSeconds(30);
        private Duration callTimeout = Duration.ofSeconds(60);
        private Duration grace = Duration.ofSeconds(5);
        private Duration heartbeat = Duration.ofSeconds(10);
        private int workers = 16;
        private boolean endedWhenStuck;
        private Backoff reconnect;
        private boolean valuesByJackson;

        private Builder() {}

        public Builder java(String launcher) {
            java = launcher;
            return this;
        }

        public Builder jvmOptions(String... options) {
            jvmOptions.addAll(Arrays.asList(options));
            return this;
        }

        /** A number and a unit, such as {@code 512m} or {@code 2g}. */
        public Builder maxHeap(String limit) {
            if (limit == null || !limit.matches("[1-9][0-9]*[kKmMgG]")) {
                throw new IllegalArgumentException("max heap '" + limit + "': expected a number and k, m or g");
            }
            maxHeap = limit;
            return this;
        }

        public Builder environment(String variable, String value) {
            if (!variable.matches("[A-Za-z_][A-Za-z0-9_]*")) {
                throw new IllegalArgumentException("'" + variable + "' is not the name of an environment variable");
            }
            environment.put(variable, Objects.requireNonNull(value));
            return this;
        }

        public Builder directory(String path) {
            directory = path;
            return this;
        }

        public Builder umask(String octal) {
            if (octal != null && !octal.matches("[0-7]{3,4}")) {
                throw new IllegalArgumentException("umask '" + octal + "': expected three or four octal digits");
            }
            umask = octal;
            return this;
        }

        public Builder processName(String text) {
            processName = text;
            return this;
        }

        public Builder allowDisk(String writableDirectory) {
            if (writableDirectory != null && !writableDirectory.startsWith("/")) {
                throw new IllegalArgumentException(
                        "allow-disk '" + writableDirectory + "': expected the absolute path of a"
                                + " directory that may be written to where nothing else can hold the core");
            }
            diskDirectory = writableDirectory;
            return this;
        }

        public Builder connectTimeout(Duration limit) {
            connectTimeout = positive("connect timeout", limit);
            return this;
        }

        public Builder callTimeout(Duration limit) {
            callTimeout = positive("call timeout", limit);
            return this;
        }

        public Builder grace(Duration limit) {
            grace = positive("grace", limit);
            return this;
        }

        public Builder heartbeat(Duration interval) {
            heartbeat = positive("heartbeat", interval);
            return this;
        }

        public Builder workers(int number) {
            if (number < 1 || number > 1024) {
                throw new IllegalArgumentException("workers " + number + " is not between 1 and 1024");
            }
            workers = number;
            return this;
        }

        public Builder endWhenStuck(boolean end) {
            endedWhenStuck = end;
            return this;
        }

        public Builder reconnect(Backoff pauses) {
            reconnect = pauses;
            return this;
        }

        /**
         * Has records and beans in arguments, results and channels of the context written and read as the annotations of
         * Jackson 3 on them say, by the application's own Jackson, which goes there with the first such value.
         */
        public Builder valuesByJackson(boolean use) {
            valuesByJackson = use;
            return this;
        }

        private static Duration positive(String option, Duration value) {
            if (value.isNegative() || value.isZero() || value.toDays() > 365) {
                throw new IllegalArgumentException(option + " " + value + " is not between 1 ns and 365 days");
            }
            return value;
        }

        public ContextOptions build() {
            return new ContextOptions(this);
        }
    }
}
