package io.econtext;

/** What a context said of itself when it came up. Immutable. */
public final class ContextInfo {
    private int javaFeature;
    private String javaVersion;
    private String os;
    private String arch;
    private String user;
    private long pid;
    private boolean stdioMerged;

    private ContextInfo() {}

    public ContextInfo(
            int javaFeature, String javaVersion, String os, String arch, String user, long pid, boolean stdioMerged) {
        this.javaFeature = javaFeature;
        this.javaVersion = javaVersion;
        this.os = os;
        this.arch = arch;
        this.user = user;
        this.pid = pid;
        this.stdioMerged = stdioMerged;
    }

    /** 8, 11, 17, … */
    public int javaFeature() {
        return javaFeature;
    }

    public String javaVersion() {
        return javaVersion;
    }

    public String os() {
        return os;
    }

    public String arch() {
        return arch;
    }

    public String user() {
        return user;
    }

    /** The process id there, or -1 if unknown. */
    public long pid() {
        return pid;
    }

    /** Whether stdout and stderr of the context arrive as one stream, as where only a plain shell could boot. */
    public boolean stdioMerged() {
        return stdioMerged;
    }

    @Override
    public String toString() {
        return "Java " + javaVersion + " on " + os + " " + arch + ", user " + user + ", pid " + pid;
    }
}
