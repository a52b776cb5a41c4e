package io.econtext.broker;

import io.econtext.core.Text;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Decides what classes and resources leave the controller, and finds them. Found as a service. Safe for use by several
 * threads.
 *
 * <p>A class or resource is named by its <i>key</i>, the number of its loader, a slash and its name; that of a resource is
 * a slash and its path.
 */
public interface ClassServer {

    /** The number by which messages name the class path that {@code loader} sees; 0 is econtext itself. */
    int loaderId(ClassLoader loader);

    /** The numbers of loaders that were collected since this was asked last: nobody will call by them any more. */
    default Collection<Integer> gone() {
        return List.of();
    }

    /** Lets resources of these names leave, whatever the rules say. */
    default void allow(Set<String> resources) {}

    /** Looks at the class path before that is needed; may take long. */
    default void prepare(int loaderId) {}

    /**
     * Answers a request of a target, which is not trusted.
     *
     * @param sent to this target so far; added to
     */
    Answer find(Request request, Sent sent);

    /**
     * What should be sent ahead of a call: what calls of the same method loaded before, or else the classes named and what
     * they will need, as far as policy and limits allow.
     *
     * @param sent to this target so far; added to
     */
    Ahead ahead(Need need, Sent sent);

    /**
     * Learns what a call made its context load, for the next context that is called so.
     *
     * @param keys what was loaded since the last time
     * @param loaded all that the context has loaded
     */
    default void learn(Need need, Collection<String> keys, Set<String> loaded) {}

    /** The first stage's jar. */
    byte[] bootJar();

    /** The core, packed, its length first, as the boot jar's main class reads it. */
    byte[] core();

    /**
     * What a target was sent.
     *
     * @param keys of all that
     * @param left names of what was to be sent, too, when there was enough: who asks for the one will want the others
     * @param ready needs for which all was sent ahead that is, with the version of what was learned of them
     */
    record Sent(Set<String> keys, Set<String> left, Map<Need, Long> ready) {
        private static final int MOST_READY = 1000;

        public Sent() {
            this(
                    ConcurrentHashMap.newKeySet(),
                    Collections.synchronizedSet(new LinkedHashSet<>()),
                    new ConcurrentHashMap<>());
        }

        public boolean isReady(Need need, long version) {
            return Long.valueOf(version).equals(ready.get(need));
        }

        /** Notes that nothing more is to go ahead until more is learned. */
        public void ready(Need need, long version) {
            if (ready.size() >= MOST_READY) {
                ready.clear();
            }
            ready.put(need, version);
        }

        /** Nothing of it is there any more. */
        void forget() {
            keys.clear();
            ready.clear();
        }
    }

    /**
     * What a target asks for.
     *
     * @param feature the Java feature version there
     * @param forCache whether the answer also goes to targets with other versions of Java
     */
    record Request(int loader, String name, boolean resource, boolean forCache, int feature) {}

    /**
     * What a call is about to need.
     *
     * @param method the class and the method that is called, as {@code com.acme.App#run}
     * @param classes names of the classes that it needs for a start
     * @param feature the Java feature version there; 0 where it isn't known, or there are several
     */
    record Need(int loader, String method, Collection<String> classes, int feature) {}

    /**
     * An answer in the form of the protocol.
     *
     * @param body the reply's body
     * @param keys of what it carries
     */
    record Answer(byte[] body, List<String> keys) {
        private static final int REFUSED = 2;

        /** The answer that there may be such a thing, and that it doesn't travel. */
        public static Answer refused(String why) {
            return new Answer(head(REFUSED, why), List.of());
        }

        /** Why it carries nothing, where that is said. */
        String why() {
            int length = (body[1] & 255) << 8 | body[2] & 255;
            return Text.string(Arrays.copyOfRange(body, 3, 3 + length));
        }

        /** What comes before the entries. */
        public static byte[] head(int kind, String why) {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            DataOutputStream out = new DataOutputStream(bytes);
            try {
                out.writeByte(kind);
                out.writeUTF(Text.utf(why));
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
            return bytes.toByteArray();
        }
    }

    /**
     * What goes ahead.
     *
     * @param bodies entries in the form of the protocol, each short enough not to be overtaken
     * @param keys of what they carry
     */
    record Ahead(List<byte[]> bodies, List<String> keys) {}
}
