///usr/bin/env jbang "$0" "$@" ; exit $?
//JAVA 17+
//DEPS io.econtext:econtext-script:0.1.0-SNAPSHOT

import io.econtext.Econtext;
import io.econtext.RemoteContext;
import io.econtext.Sh;
import io.econtext.Ssh;
import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;

/** Puts a greeting onto each host, if there is room for it. */
class Install {
    record Room(String where, long mebibytes) {}

    /** Runs on the host. */
    static Room room(Path folder) throws IOException {
        FileStore store = Files.getFileStore(folder);
        return new Room(store.name(), store.getUsableSpace() >> 20);
    }

    /** Runs on the host. */
    static void install(Path file, String greeting) throws IOException, InterruptedException {
        Files.writeString(file, greeting + "\n");
        Sh.run("cat " + file + "; whoami");
    }

    public static void main(String[] args) {
        Econtext.run(args, broker -> {
            for (String name : args) {
                RemoteContext host = broker.connect(Ssh.to(name).build());
                Room room = host.call(Install::room, Path.of("/tmp"));
                System.out.println(name + " has " + room.mebibytes() + " MiB on " + room.where());
                if (room.mebibytes() > 0) {
                    host.run(Install::install, Path.of("/tmp/greeting"), "hello from the controller");
                }
            }
        });
    }
}
