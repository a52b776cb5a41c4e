package io.econtext.classes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.econtext.broker.ClassServer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.net.URLConnection;
import java.net.URLStreamHandler;
import java.time.Duration;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class LongResourcesTest {
    private static final String PATH = "META-INF/services/com.acme.Long";

    private final ForwardingClassServer server = new ForwardingClassServer();
    private final ClassServer.Sent sent = new ClassServer.Sent();

    /** Sees one service file, or some. */
    private static final class Loader extends ClassLoader {
        private final List<URL> files;

        Loader(List<URL> files) {
            super(ClassLoader.getPlatformClassLoader());
            this.files = files;
        }

        @Override
        public Enumeration<URL> findResources(String name) {
            return name.equals(PATH) ? Collections.enumeration(files) : Collections.emptyEnumeration();
        }
    }

    private static URL file(long length, InputStream content) throws IOException {
        return new URL(null, "mem:/file", new URLStreamHandler() {
            @Override
            protected URLConnection openConnection(URL url) {
                return new URLConnection(url) {
                    @Override
                    public void connect() {}

                    @Override
                    public long getContentLengthLong() {
                        return length;
                    }

                    @Override
                    public InputStream getInputStream() {
                        return content;
                    }
                };
            }
        });
    }

    private Got ask(URL... files) {
        return ask(server.loaderId(new Loader(List.of(files))));
    }

    private Got ask(int id) {
        return Got.of(server.find(new ClassServer.Request(id, PATH, true, false, 17), sent));
    }

    @Test
    void oneThatIsTooLongToBeSentIsRefusedUnread() throws IOException {
        InputStream content = new ByteArrayInputStream(new byte[1]);

        Got got = ask(file((16 << 20) + 1, content));

        assertThat(got.kind()).isEqualTo(Got.REFUSED);
        assertThat(got.why()).isEqualTo(PATH + " is longer than 16 MiB: send it by a channel");
        assertThat(content.available()).isEqualTo(1);
    }

    @Test
    void thoseOfOneNameThatAreTooLongTogetherAreRefused() throws IOException {
        URL[] files = new URL[3];
        for (int i = 0; i < files.length; i++) {
            files[i] = file(-1, new ByteArrayInputStream(new byte[12 << 20]));
        }

        assertThat(ask(files).why())
                .isEqualTo("all " + PATH + " together are longer than 32 MiB: send them by a channel");
    }

    @Test
    void aLongOneIsCompressedFastAndAShortOneWell() {
        byte[] noise = new byte[2 << 20];
        new Random(1).nextBytes(noise);

        assertThat(level(Entry.resource(1, "long", List.of(noise)))).isZero();
        assertThat(level(Entry.resource(1, "short", List.of(new byte[100])))).isEqualTo(3);
    }

    /** As the stream's own head has it: 0 the fastest, 3 the shortest. */
    private static int level(Entry entry) {
        return (Entries.of(new byte[0], List.of(entry))[1] & 255) >> 6;
    }

    @Test
    void oneTargetIsAnsweredOneAtATime() throws Exception {
        CountDownLatch opened = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        AtomicInteger read = new AtomicInteger();
        URL file = file(-1, new InputStream() {
            @Override
            public int read() {
                read.incrementAndGet();
                opened.countDown();
                try {
                    goOn.await();
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
                return -1;
            }
        });
        int id = server.loaderId(new Loader(List.of(file)));
        Thread first = new Thread(() -> ask(id));
        Thread second = new Thread(() -> ask(id));

        first.start();
        opened.await();
        second.start();
        await().atMost(Duration.ofSeconds(30)).until(() -> second.getState() == Thread.State.BLOCKED);
        assertThat(read).hasValue(1);
        goOn.countDown();
        first.join();
        second.join();

        assertThat(read).hasValue(2);
    }
}
