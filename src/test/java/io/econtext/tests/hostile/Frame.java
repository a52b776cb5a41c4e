package io.econtext.tests.hostile;

import io.econtext.core.Message;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;

/** A frame in which every field can be a lie; honest until told otherwise. Used by one thread. */
final class Frame {
    private int version = Message.VERSION;
    private int flags = Message.NORMAL | Message.LAST;
    private int source;
    private int authority;
    private int destination;
    private int handle;
    private int replyTo;
    private int id = 1;
    private int index;
    private byte[] extensions = {};
    private byte[] body = {};
    private Integer size;
    private Integer total;
    private Integer acknowledged;

    Frame(int source, int destination, int handle) {
        this.source = source;
        this.authority = source;
        this.destination = destination;
        this.handle = handle;
    }

    Frame version(int lie) {
        version = lie;
        return this;
    }

    Frame flags(int lie) {
        flags = lie;
        return this;
    }

    Frame source(int lie) {
        source = lie;
        return this;
    }

    Frame authority(int lie) {
        authority = lie;
        return this;
    }

    Frame replyTo(int replyHandle) {
        replyTo = replyHandle;
        return this;
    }

    Frame id(int messageId) {
        id = messageId;
        return this;
    }

    /** A fragment of a message, perhaps the last. */
    Frame part(int fragment, int ofBytes, boolean last) {
        index = fragment;
        total = ofBytes;
        flags = last ? flags | Message.LAST : flags & ~Message.LAST;
        return this;
    }

    Frame total(int lie) {
        total = lie;
        return this;
    }

    /** What the header says of the payload's length, whatever that is. */
    Frame size(int lie) {
        size = lie;
        return this;
    }

    Frame acknowledged(int lie) {
        acknowledged = lie;
        return this;
    }

    Frame extensions(byte... bytes) {
        extensions = bytes;
        return this;
    }

    Frame body(byte... bytes) {
        body = bytes;
        return this;
    }

    /**
     * What goes on the wire: a frame, or those that an honest body of this length takes.
     *
     * @param received what a neighbour that doesn't lie would acknowledge
     */
    byte[] bytes(int received) {
        if (size != null || total != null || body.length <= Message.FRAGMENT) {
            return frame(received);
        }
        byte[] whole = body;
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (int at = 0; at < whole.length; at += Message.FRAGMENT) {
            body = Arrays.copyOfRange(whole, at, Math.min(whole.length, at + Message.FRAGMENT));
            part(at / Message.FRAGMENT, whole.length, at + body.length == whole.length);
            all.writeBytes(frame(received));
        }
        return all.toByteArray();
    }

    private byte[] frame(int received) {
        return ByteBuffer.allocate(Message.HEADER + extensions.length + body.length)
                .put((byte) version)
                .put((byte) flags)
                .putShort((short) extensions.length)
                .putInt(size == null ? body.length : size)
                .putInt(acknowledged == null ? received : acknowledged)
                .putInt(source)
                .putInt(authority)
                .putInt(destination)
                .putInt(handle)
                .putInt(replyTo)
                .putInt(id)
                .putInt(index)
                .putInt(total == null ? body.length : total)
                .put(extensions)
                .put(body)
                .array();
    }
}
