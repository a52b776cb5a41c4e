package io.econtext.classes;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;

/** One compressed stream in the making. For one thread. */
final class Deflated {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final Deflater deflater = new Deflater(Deflater.BEST_COMPRESSION);
    final DataOutputStream out = new DataOutputStream(new DeflaterOutputStream(bytes, deflater));

    /** @param prefix what comes before it, uncompressed */
    Deflated(int... prefix) {
        for (int b : prefix) {
            bytes.write(b);
        }
    }

    byte[] finish() {
        try {
            out.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            deflater.end();
        }
        return bytes.toByteArray();
    }
}
