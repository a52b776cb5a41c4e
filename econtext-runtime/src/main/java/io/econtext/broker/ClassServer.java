package io.econtext.broker;

import io.econtext.core.Text;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Collection;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Decides what classes and resources leave the controller, and finds them. Found as a service. Safe for use by several
 * threads.
 */
public interface ClassServer {

    /** The number by which messages name the class path that {@code loader} sees; 0 is econtext itself. */
    int loaderId(ClassLoader loader);

    /**
     * Answers a request of a target, which is not trusted.
     *
     * @param feature the Java feature version of the target
     * @param sent names of what this target already has or was sent, {@code loader id/name}; added to
     */
    Answer find(int loaderId, String name, boolean resource, int feature, Set<String> sent);

    /**
     * What should be sent ahead of a call: the classes named and what they need to be loaded, as far as policy and the
     * limit on size allow.
     *
     * @param sent names of what this target already has or was sent, {@code loader id/name}; added to
     * @return entries, or {@code null} if nothing is to be sent
     */
    byte @Nullable [] ahead(int loaderId, Collection<String> classNames, Set<String> sent);

    /** The first stage's jar. */
    byte[] bootJar();

    /** The core, packed, its length first, as the boot jar's main class reads it. */
    byte[] core();

    /**
     * An answer in the form of the protocol.
     *
     * @param body the reply's body
     * @param classes how many classes it carries
     */
    record Answer(byte[] body, int classes) {
        private static final int REFUSED = 2;

        /** The answer that there may be such a thing, and that it doesn't travel. */
        public static Answer refused(String why) {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            DataOutputStream out = new DataOutputStream(bytes);
            try {
                out.writeByte(REFUSED);
                out.writeUTF(Text.utf(why));
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
            return new Answer(bytes.toByteArray(), 0);
        }
    }
}
