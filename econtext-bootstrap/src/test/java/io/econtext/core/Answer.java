package io.econtext.core;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** What a call was answered, taken apart. Immutable. */
final class Answer {
    static final int VALUE = 0;
    static final int THROWN = 1;
    static final int REFUSED = 2;
    static final int NOT_PORTABLE = 3;

    final boolean bounced;
    final int outcome;
    final boolean interrupted;
    final int lastLine;
    private final byte[] rest;

    Answer(Message m) {
        bounced = m.isBounced();
        outcome = bounced ? -1 : m.body[0];
        interrupted = !bounced && m.body[1] != 0;
        lastLine = bounced ? 0 : Message.getInt(m.body, 2);
        rest = bounced ? m.body : Arrays.copyOfRange(m.body, 6, m.body.length);
    }

    Object value(Class<?> type) {
        if (outcome != VALUE) {
            throw new AssertionError(this);
        }
        return Binder.read(rest, 0, rest.length, type);
    }

    String text() {
        return Text.string(rest);
    }

    Thrown thrown() throws IOException {
        if (outcome != THROWN) {
            throw new AssertionError(this);
        }
        return new Thrown(new DataInputStream(new ByteArrayInputStream(rest)));
    }

    @Override
    public String toString() {
        return "outcome " + outcome + ": " + text();
    }

    /** A failure, as {@link Failure} draws it. */
    static final class Thrown {
        final List<String> types = new ArrayList<>();
        final String message;
        final List<String> frames = new ArrayList<>();
        final List<Thrown> causes = new ArrayList<>();
        final List<Thrown> suppressed = new ArrayList<>();

        Thrown(DataInputStream in) throws IOException {
            for (int n = in.readUnsignedByte(); n > 0; n--) {
                types.add(in.readUTF());
            }
            message = in.readBoolean() ? in.readUTF() : null;
            for (int n = in.readUnsignedShort(); n > 0; n--) {
                frames.add(in.readUTF() + "." + in.readUTF() + "(" + in.readUTF() + ":" + in.readInt() + ")");
            }
            for (int n = in.readUnsignedByte(); n > 0; n--) {
                causes.add(new Thrown(in));
            }
            for (int n = in.readUnsignedByte(); n > 0; n--) {
                suppressed.add(new Thrown(in));
            }
        }

        /** How many failures these are, with all causes and everything suppressed. */
        int count() {
            int count = 1;
            for (Thrown cause : causes) {
                count += cause.count();
            }
            for (Thrown other : suppressed) {
                count += other.count();
            }
            return count;
        }

        String type() {
            return types.isEmpty() ? Throwable.class.getName() : types.get(0);
        }
    }
}
