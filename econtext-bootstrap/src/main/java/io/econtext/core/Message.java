package io.econtext.core;

import java.util.Arrays;

/**
 * What travels: bytes from one context to a handle of another, perhaps naming a handle for the reply.
 *
 * <pre>
 *  0  u8   version            4  u32  payload bytes, at most 65,536
 *  1  u8   flags              8  u32  bytes received from this neighbour so far, modulo 2^32
 *  2  u16  extension bytes   12  i32  source             28  i32  reply handle, 0 for none
 *                            16  i32  authority          32  i32  message id
 *                            20  i32  destination        36  i32  fragment index
 *                            24  i32  handle             40  i32  total bytes of the message
 * 44  extensions, then the payload
 * </pre>
 *
 * Big endian. A message longer than a payload travels in fragments of which all but the last are full; an instance is
 * a whole message, or one fragment passing through. Immutable; the body is never written to after construction.
 */
public final class Message {
    public static final int VERSION = 1;
    public static final int HEADER = 44;
    public static final int FRAGMENT = 65536;

    /** Flags: the last fragment, the priority (two bits), the message came back with a reason for its body. */
    public static final int LAST = 1;

    public static final int PRIORITY = 6;
    public static final int BOUNCED = 8;

    /** Priorities, most urgent first; within one, messages to different handles take turns by fragments. */
    public static final int CONTROL = 0;

    public static final int LOG = 2;
    public static final int NORMAL = 4;
    public static final int BULK = 6;

    public final int flags;
    public final int source;
    public final int authority;
    public final int destination;
    public final int handle;
    public final int replyTo;
    public final int id;
    public final int index;
    public final int total;
    public final byte[] body;

    public Message(
            int flags,
            int source,
            int authority,
            int destination,
            int handle,
            int replyTo,
            int id,
            int index,
            int total,
            byte[] body) {
        this.flags = flags;
        this.source = source;
        this.authority = authority;
        this.destination = destination;
        this.handle = handle;
        this.replyTo = replyTo;
        this.id = id;
        this.index = index;
        this.total = total;
        this.body = body;
    }

    boolean isLast() {
        return (flags & LAST) != 0;
    }

    public boolean isBounced() {
        return (flags & BOUNCED) != 0;
    }

    /** Whether who has the handle may wait for it. */
    boolean isReply() {
        return replyTo == 0 && handle >= Handles.DYNAMIC;
    }

    /** The message of which this is the last fragment, or the end, with all of its body. */
    Message whole(int flags, byte[] bytes) {
        return new Message(flags, source, authority, destination, handle, replyTo, id, 0, bytes.length, bytes);
    }

    static Message read(byte[] b, int at, int extensions, int length) {
        int start = at + HEADER + extensions;
        return new Message(
                b[at + 1],
                getInt(b, at + 12),
                getInt(b, at + 16),
                getInt(b, at + 20),
                getInt(b, at + 24),
                getInt(b, at + 28),
                getInt(b, at + 32),
                getInt(b, at + 36),
                getInt(b, at + 40),
                Arrays.copyOfRange(b, start, start + length));
    }

    /** Writes the frame that carries the body from {@code offset}; returns its payload's length. */
    int write(byte[] b, int at, int offset, int received) {
        int length = Math.min(FRAGMENT, body.length - offset);
        b[at] = VERSION;
        b[at + 1] = (byte) (offset + length < body.length ? flags & ~LAST : flags);
        b[at + 2] = b[at + 3] = 0;
        putInt(b, at + 4, length);
        putInt(b, at + 8, received);
        putInt(b, at + 12, source);
        putInt(b, at + 16, authority);
        putInt(b, at + 20, destination);
        putInt(b, at + 24, handle);
        putInt(b, at + 28, replyTo);
        putInt(b, at + 32, id);
        putInt(b, at + 36, index + offset / FRAGMENT);
        putInt(b, at + 40, total);
        System.arraycopy(body, offset, b, at + HEADER, length);
        return length;
    }

    public static int getInt(byte[] b, int at) {
        return b[at] << 24 | (b[at + 1] & 255) << 16 | (b[at + 2] & 255) << 8 | b[at + 3] & 255;
    }

    public static void putInt(byte[] b, int at, int value) {
        b[at] = (byte) (value >> 24);
        b[at + 1] = (byte) (value >> 16);
        b[at + 2] = (byte) (value >> 8);
        b[at + 3] = (byte) value;
    }

    @Override
    public String toString() {
        return source + "->" + destination + ":" + handle + " #" + id + "." + index + " " + body.length + "/" + total;
    }
}
