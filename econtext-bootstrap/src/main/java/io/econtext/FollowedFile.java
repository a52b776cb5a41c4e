package io.econtext;

import java.io.Closeable;
import java.io.File;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;

/** The file behind a path, whichever file that is by now, read to its end again and again. For one thread. */
final class FollowedFile implements Closeable {
    private static final int BLOCK = 8192;
    /** How far back the first lines are looked for. */
    private static final int BACKWARD_LIMIT = 1024 * 1024;

    private final File path;
    private final LineSplitter lines;
    private final byte[] block = new byte[BLOCK];
    private RandomAccessFile file;
    private Object key;

    FollowedFile(File path, int lastLines, Sender<String> sender) throws IOException {
        this.path = path;
        this.lines = new LineSplitter(sender);
        BasicFileAttributes attributes = attributes();
        if (attributes == null) {
            throw new NoSuchFileException(path.getPath());
        }
        // opening a pipe would wait for its writer
        if (!attributes.isRegularFile()) {
            throw new IOException(path + " is not a regular file");
        }
        if (!open(attributes)) {
            throw new AccessDeniedException(path.getPath(), null, "can't be read");
        }
        file.seek(startOfLast(lastLines));
    }

    /**
     * Sends what came since the last step.
     *
     * @return whether there may be more at once
     */
    boolean step() throws IOException, InterruptedException {
        boolean more = drain();
        BasicFileAttributes attributes = attributes();
        if (attributes == null || !attributes.isRegularFile()) {
            return more;
        }
        if (key != null && !key.equals(attributes.fileKey())) {
            return reopen(attributes) || more;
        }
        if (attributes.size() < file.getFilePointer()) {
            lines.end();
            file.seek(0);
            return true;
        }
        return more;
    }

    private boolean reopen(BasicFileAttributes attributes) throws IOException, InterruptedException {
        // what was written between the last read and the renaming
        drain();
        RandomAccessFile old = file;
        if (!open(attributes)) {
            return false;
        }
        old.close();
        lines.end();
        return true;
    }

    /** Opens the file that has these attributes; fails if another took its place meanwhile, or it can't be read. */
    private boolean open(BasicFileAttributes attributes) throws IOException {
        RandomAccessFile opened;
        try {
            opened = new RandomAccessFile(path, "r");
        } catch (FileNotFoundException e) {
            return false;
        }
        BasicFileAttributes now = attributes();
        if (now == null || !Objects.equals(now.fileKey(), attributes.fileKey())) {
            opened.close();
            return false;
        }
        file = opened;
        key = now.fileKey();
        return true;
    }

    private boolean drain() throws IOException, InterruptedException {
        boolean any = false;
        int length = file.read(block);
        while (length > 0) {
            any = true;
            lines.add(block, length);
            length = file.read(block);
        }
        return any;
    }

    private BasicFileAttributes attributes() {
        try {
            return Files.readAttributes(path.toPath(), BasicFileAttributes.class);
        } catch (IOException e) {
            return null;
        }
    }

    private long startOfLast(int count) throws IOException {
        long end = file.length();
        if (count == 0) {
            return end;
        }
        long limit = Math.max(0, end - BACKWARD_LIMIT);
        int found = 0;
        long position = end;
        while (position > limit) {
            int length = (int) Math.min(BLOCK, position - limit);
            position -= length;
            file.seek(position);
            file.readFully(block, 0, length);
            for (int i = length - 1; i >= 0; i--) {
                long next = position + i + 1;
                // a newline at the very end closes the last line, it doesn't begin another
                if (block[i] == '\n' && next < end && ++found == count) {
                    return next;
                }
            }
        }
        return limit;
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
