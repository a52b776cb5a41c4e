package io.econtext;

import io.econtext.ConnectFailedException.Misconfigured;
import io.econtext.ConnectFailedException.NotAllowed;
import io.econtext.ConnectFailedException.ToolMissing;

/** A directory of the same host as the root directory, by {@code chroot}; it needs a {@code /proc}. Immutable. */
public final class Chroot extends ProgramWay {
    static final String NO_DIRECTORY = "there is no such directory";
    static final String NOT_ALLOWED = "chroot takes root; start it via sudo";
    static final String NO_USER = "there is no such user in it";

    private Chroot(Builder builder) {
        super(
                builder,
                name(builder.root),
                Address.of("chroot", builder.root).with("user", builder.user),
                builder.launch());
    }

    private static String name(String root) {
        return root.substring(root.lastIndexOf('/', root.length() - 2) + 1);
    }

    /** @param directory the root directory to be */
    public static Builder to(String directory) {
        return new Builder(directory);
    }

    /** Collects the settings of a {@link Chroot}. Not safe for use by several threads. */
    public static final class Builder extends ProgramWay.Builder<Builder> {
        private final String root;
        private String user;

        private Builder(String root) {
            super("chroot");
            this.root = argument("directory", root);
        }

        /** The user in it, by name or number, with a group behind a colon if wanted; by default root. */
        public Builder user(String nameOrNumber) {
            user = argument("user", nameOrNumber);
            return this;
        }

        private Launch.Builder launch() {
            Launch.Builder launch = run();
            if (user != null) {
                launch.with("--userspec=" + user);
            }
            return launch.with(root)
                    .inEnglish()
                    .fails("^chroot: .*sh.*: No such file", ToolMissing.class, NO_SHELL)
                    .fails("^chroot: .*(No such file|Not a directory)", Misconfigured.class, NO_DIRECTORY)
                    .fails("^chroot: .*(not permitted|ermission denied)", NotAllowed.class, NOT_ALLOWED)
                    .fails("^chroot: .*invalid (user|group)", Misconfigured.class, NO_USER);
        }

        @Override
        public Chroot build() {
            return new Chroot(this);
        }
    }
}
