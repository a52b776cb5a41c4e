package io.econtext.broker;

import io.econtext.core.LinkException;
import io.econtext.core.Message;
import io.econtext.parent.Printable;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/** Answers contexts that ask for classes and resources, so many of each at a time. Safe for use by any thread. */
final class ClassAnswers {
    static final String NOT_ITS_PARENT = "asks another than its parent for a class";

    static final String UNREADABLE = " could not be read: the controller's log says why";

    private static final Logger LOG = LoggerFactory.getLogger(ClassAnswers.class);
    private static final int MAX_REQUESTS = 256;
    /** A name of the greatest length, and the rest. */
    private static final int MAX_REQUEST = 65_535 + 64;

    private static final int RESOURCE = 1;
    private static final int FOR_CACHE = 2;

    private final ClassServer server;
    /** What was thrown once. */
    private final Set<Class<?>> failures = ConcurrentHashMap.newKeySet();

    ClassAnswers(ClassServer server) {
        this.server = server;
    }

    /** Answers a request, later and on another thread. */
    void asked(Session session, Message m) {
        if (session.keeper() != session) {
            session.context.refused(NOT_ITS_PARENT, 1);
            return;
        }
        if (session.classRequests.size() >= MAX_REQUESTS) {
            throw new LinkException("asks for more than " + MAX_REQUESTS + " classes at a time");
        }
        if (m.body.length > MAX_REQUEST) {
            throw new LinkException("asks for a class with " + m.body.length + " bytes");
        }
        session.classRequests.execute(() -> answer(session, m));
    }

    private void answer(Session session, Message m) {
        try {
            ClassServer.Answer answer = find(session, new DataInputStream(new ByteArrayInputStream(m.body)));
            session.context.tally.answered(answer.keys().size());
            session.classes.answered(answer.keys());
            session.send(session.broker.router.message(Message.NORMAL, m.source, m.replyTo, 0, answer.body()));
        } catch (IOException e) {
            session.broke("sent a malformed request for a class");
        }
    }

    private ClassServer.Answer find(Session session, DataInputStream in) throws IOException {
        int loader = in.readInt();
        int feature = in.readUnsignedShort();
        int kind = in.readUnsignedByte();
        boolean resource = (kind & RESOURCE) != 0;
        String name = in.readUTF();
        ClassServer.Answer answer = find(
                new ClassServer.Request(loader, name, resource, (kind & FOR_CACHE) != 0, feature),
                session.classes.sent);
        session.logs.debug(
                "io.econtext.classes",
                () -> "asked for " + name + ": " + answer.keys().size() + " sent " + answer.why());
        return answer;
    }

    /** What it throws is said in the log only, as it may tell of the controller. */
    ClassServer.Answer find(ClassServer.Request request, ClassServer.Sent sent) {
        try {
            return server.find(request, sent);
        } catch (RuntimeException e) {
            // a target may ask as often as it likes
            LOG.atLevel(failures.add(e.getClass()) ? Level.WARN : Level.DEBUG)
                    .setCause(e)
                    .log("looking for {}", Printable.line(request.name()));
            return ClassServer.Answer.refused(request.name() + UNREADABLE);
        }
    }
}
