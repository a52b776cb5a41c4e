package io.econtext.core;

import java.io.ByteArrayOutputStream;

/** A frame as bytes, in which every field can be a lie. Used by one thread. */
public final class Frame {
    private final byte[] header = new byte[Message.HEADER];
    private byte[] extensions = {};
    private byte[] body = {};

    /** A frame of one context to a handle of another, honest until told otherwise. */
    public Frame(int source, int destination, int handle) {
        header[0] = Message.VERSION;
        flags(Message.NORMAL | Message.LAST).source(source).authority(source);
        Message.putInt(header, 20, destination);
        Message.putInt(header, 24, handle);
    }

    public Frame version(int version) {
        header[0] = (byte) version;
        return this;
    }

    public Frame flags(int flags) {
        header[1] = (byte) flags;
        return this;
    }

    public Frame acknowledged(int bytes) {
        return field(8, bytes);
    }

    public Frame source(int id) {
        return field(12, id);
    }

    public Frame authority(int id) {
        return field(16, id);
    }

    public Frame replyTo(int handle) {
        return field(28, handle);
    }

    public Frame id(int id) {
        return field(32, id);
    }

    public Frame index(int index) {
        return field(36, index);
    }

    public Frame total(int total) {
        return field(40, total);
    }

    /** What the header says of the payload's length, whatever that is. */
    public Frame size(int size) {
        return field(4, size);
    }

    public Frame extensions(int... bytes) {
        extensions = new byte[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            extensions[i] = (byte) bytes[i];
        }
        header[2] = (byte) (bytes.length >> 8);
        header[3] = (byte) bytes.length;
        return this;
    }

    /** The payload, its length, and as many bytes in total. */
    public Frame body(byte... bytes) {
        body = bytes;
        return size(bytes.length).total(bytes.length);
    }

    private Frame field(int at, int value) {
        Message.putInt(header, at, value);
        return this;
    }

    public byte[] bytes() {
        return join(header, extensions, body);
    }

    public static byte[] join(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.write(part, 0, part.length);
        }
        return all.toByteArray();
    }
}
