package io.econtext.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.SocketTimeoutException;
import org.junit.jupiter.api.Test;

class FailureTest {

    @Test
    void carriesItsTypesFromItsOwnToTheOneBelowThrowable() throws IOException {
        assertThat(again(new SocketTimeoutException("late")).types)
                .containsExactly(
                        "java.net.SocketTimeoutException",
                        "java.io.InterruptedIOException",
                        "java.io.IOException",
                        "java.lang.Exception");
        assertThat(again(new Throwable("bare")).types).isEmpty();
    }

    @Test
    void carriesItsMessageOrThatThereIsNone() throws IOException {
        assertThat(again(new Error("ü中😀")).message).isEqualTo("ü中😀");
        assertThat(again(new Error("")).message).isEmpty();
        assertThat(again(new Error()).message).isNull();
    }

    @Test
    void carriesItsStackUpToTheCall() throws IOException {
        Throwable t = new Error();
        t.setStackTrace(new StackTraceElement[] {
            new StackTraceElement("a.B", "c", "B.java", 7),
            new StackTraceElement("a.D", "e", null, -2),
            new StackTraceElement(Invocation.NAME, "invoke", "Invocation.java", 1),
            new StackTraceElement("java.lang.Thread", "run", "Thread.java", 1),
        });
        assertThat(again(t).frames).containsExactly("a.B.c(B.java:7)", "a.D.e(:-2)");
    }

    @Test
    void aLongStackIsCut() throws IOException {
        Throwable t = new StackOverflowError();
        StackTraceElement[] trace = new StackTraceElement[1000];
        for (int i = 0; i < trace.length; i++) {
            trace[i] = new StackTraceElement("a.B", "c", "B.java", i);
        }
        t.setStackTrace(trace);
        assertThat(again(t).frames).hasSize(200).endsWith("a.B.c(B.java:199)");
    }

    @Test
    void aHugeMessageIsCutAndMarked() throws IOException {
        StringBuilder huge = new StringBuilder();
        for (int i = 0; i < 1_000_000; i++) {
            huge.append('中');
        }
        assertThat(again(new Error(huge.toString())).message).hasSize(21800).endsWith("中…");
    }

    @Test
    void causesAndWhatWasSuppressedComeAlong() throws IOException {
        Throwable t = new Error("top", new IOException("cause", new Error("root")));
        t.addSuppressed(new Error("one", new Error("one's cause")));
        t.addSuppressed(new Error("two"));
        Answer.Thrown again = again(t);
        assertThat(again.causes).hasSize(1);
        assertThat(again.causes.get(0).causes.get(0).message).isEqualTo("root");
        assertThat(again.suppressed).extracting(s -> s.message).containsExactly("one", "two");
        assertThat(again.suppressed.get(0).causes.get(0).message).isEqualTo("one's cause");
    }

    @Test
    void cyclesEndWhereTheyClose() throws IOException {
        Throwable a = new Error("a");
        Throwable b = new Error("b", a);
        a.initCause(b);
        b.addSuppressed(a);
        assertThat(again(a).count()).isEqualTo(2);
    }

    @Test
    void nothingIsToldTwice() throws IOException {
        Throwable shared = new Error("shared");
        Throwable a = new Error("a", new Error("b", shared));
        a.addSuppressed(shared);
        a.addSuppressed(new Error("c", shared));
        assertThat(again(a).count()).isEqualTo(4);
    }

    @Test
    void ofManyCausesTheFirst32AreTold() throws IOException {
        Throwable t = new Error("root");
        for (int i = 0; i < 100; i++) {
            t = new Error("cause " + i, t);
        }
        assertThat(again(t).count()).isEqualTo(32);
    }

    @Test
    void ofManyThatWereSuppressed32AreTold() throws IOException {
        assertThat(again(bush(3)).count()).isEqualTo(32);
    }

    @Test
    void aGetMessageThatThrowsIsSaid() throws IOException {
        Answer.Thrown wild = again(new Error(new IOException("cause")) {
            private static final long serialVersionUID = 1;

            @Override
            public String getMessage() {
                throw new UnsupportedOperationException();
            }
        });
        assertThat(wild.message).isEqualTo("describing it threw java.lang.UnsupportedOperationException");
        assertThat(wild.causes).extracting(cause -> cause.message).containsExactly("cause");
        assertThat(wild.frames).isNotEmpty();
    }

    @Test
    void aGetCauseThatThrowsIsSaid() throws IOException {
        Answer.Thrown wild = again(new Error("wild") {
            private static final long serialVersionUID = 1;

            @Override
            public synchronized Throwable getCause() {
                throw new UnsupportedOperationException();
            }
        });
        assertThat(wild.message).isEqualTo("describing it threw java.lang.UnsupportedOperationException");
        assertThat(wild.frames).isNotEmpty();
    }

    @Test
    void aGetStackTraceThatThrowsIsSaid() throws IOException {
        Answer.Thrown wild = again(new Error("wild") {
            private static final long serialVersionUID = 1;

            @Override
            public StackTraceElement[] getStackTrace() {
                throw new UnsupportedOperationException();
            }
        });
        assertThat(wild.message).isEqualTo("describing it threw java.lang.UnsupportedOperationException");
    }

    @Test
    void aStackThatIsNullIsAnEmptyOne() throws IOException {
        Answer.Thrown bare = again(new Error("bare", new IOException("cause")) {
            private static final long serialVersionUID = 1;

            @Override
            public StackTraceElement[] getStackTrace() {
                return null;
            }
        });
        assertThat(bare.message).isEqualTo("bare");
        assertThat(bare.frames).isEmpty();
        assertThat(bare.causes).hasSize(1);
    }

    @Test
    void aStackWithoutSomeOfItsFramesIsSaid() throws IOException {
        Answer.Thrown wild = again(new Error("wild") {
            private static final long serialVersionUID = 1;

            @Override
            public StackTraceElement[] getStackTrace() {
                return new StackTraceElement[2];
            }
        });
        assertThat(wild.message).isEqualTo("describing it threw java.lang.NullPointerException");
    }

    /** A failure with ten suppressed ones, each with ten, and so on. */
    private static Throwable bush(int depth) {
        Throwable t = new Error();
        for (int i = 0; i < 10 && depth > 0; i++) {
            t.addSuppressed(bush(depth - 1));
        }
        return t;
    }

    private static Answer.Thrown again(Throwable t) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        Failure.write(new DataOutputStream(bytes), t, Failure.MAX_FRAMES);
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes.toByteArray()));
        Answer.Thrown thrown = new Answer.Thrown(in);
        assertThat(in.available()).isZero();
        return thrown;
    }
}
