package io.econtext.tests.hosts;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.async.ResultCallback;
import com.github.dockerjava.api.model.Frame;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.testcontainers.DockerClientFactory;

/**
 * The successful system calls that name a file, of a host's ssh server and of everything that it starts from now on.
 * Safe for use by several threads.
 */
public final class Trace implements AutoCloseable {

    private static final int PATIENCE_SECONDS = 30;

    /** Devices and what the kernel makes up hold nothing after a process; and sshd itself opens some of them. */
    private static final Pattern KERNEL = Pattern.compile("\"(/dev/(null|tty|ptmx|pts/\\d+)|/proc/[^\"]*)\"");

    private static final Pattern OPENED_TO_WRITE = Pattern.compile("\\bopen(at)?\\(.*O_(WRONLY|RDWR|CREAT|TRUNC)");

    private static final Pattern CHANGES =
            Pattern.compile("\\b(creat|truncate|mkdir|rmdir|mknod|unlink|rename|link|symlink"
                    + "|chmod|fchmodat|chown|lchown|fchownat|setxattr|lsetxattr|utimensat)(at|at2)?\\(");

    private final Host host;
    private final Output output = new Output();

    private Trace(Host host) {
        this.host = host;
    }

    /** @param host one that is {@link HostOptions#traceable} */
    public static Trace of(Host host) throws Exception {
        Trace trace = new Trace(host);
        DockerClient client = DockerClientFactory.lazyClient();
        String command = client.execCreateCmd(host.containerId())
                .withCmd("strace", "-f", "-s", "4096", "-e", "trace=%file", "-e", "status=successful", "-p", "1")
                .withAttachStdout(true)
                .withAttachStderr(true)
                .exec()
                .getId();
        client.execStartCmd(command).exec(trace.output);
        if (!trace.output.attached.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            trace.close();
            throw new IllegalStateException("strace does not start: " + trace.output.text());
        }
        return trace;
    }

    /** Ends the trace and gives all its calls, one a line. */
    public List<String> calls() throws Exception {
        close();
        return output.text().lines().toList();
    }

    /** Ends the trace and gives the calls that make, change or remove something on a file system, or open to write. */
    public List<String> writes() throws Exception {
        return calls().stream().filter(Trace::isWrite).toList();
    }

    /** Whether a call makes, changes or removes something on a file system, or opens to write. */
    public static boolean isWrite(String call) {
        return (OPENED_TO_WRITE.matcher(call).find() || CHANGES.matcher(call).find())
                && !KERNEL.matcher(call).find();
    }

    @Override
    public void close() throws Exception {
        host.exec("sh", "-c", "pkill -INT -x strace || true");
        output.awaitCompletion(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    private static final class Output extends ResultCallback.Adapter<Frame> {

        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        private final CountDownLatch attached = new CountDownLatch(1);

        @Override
        public void onNext(Frame frame) {
            bytes.writeBytes(frame.getPayload());
            if (attached.getCount() > 0 && text().contains("attached")) {
                attached.countDown();
            }
        }

        String text() {
            return bytes.toString(StandardCharsets.UTF_8);
        }
    }
}
