package io.econtext.core;

import static org.assertj.core.api.Assertions.assertThat;

/** A context with workers in this process, and the controller that calls it. Used by one thread. */
public final class Target implements AutoCloseable {
    public static final int ID = 7;

    public final Router controller = new Router(0, new int[0], new Witness());
    public final Context context = new Context();
    final Witness witness = new Witness();
    final Replies logged = new Replies();
    final Replies stuck = new Replies();
    public final Wire wire;

    public Target(int workers) {
        this(workers, Target.class.getClassLoader());
    }

    /** @param parent what has the classes that are there already */
    Target(int workers, ClassLoader parent) {
        context.router = new Router(ID, new int[] {0}, witness);
        context.name = "target";
        context.feature = 8;
        wire = new Wire(controller, context.router);
        context.link = wire.up;
        context.requests = new ClassRequests(context);
        context.own = new RemoteLoader(0, parent, context.requests);
        context.calls = new Calls(context, workers);
        context.logs = new Logs(context.router, ".level=800");
        context.stdio = new Stdio(context.logs, null, null);
        context.router.register(Handles.CALL, context.calls);
        context.router.register(Handles.CANCEL, context.calls.new Cancel());
        context.router.register(Handles.PUSH, context.requests);
        controller.register(Handles.LOG, logged);
        controller.register(Handles.STUCK, stuck);
    }

    /** Calls without waiting; the reply comes to what is returned. */
    Replies begin(CallBody call) {
        return begin(call.bytes());
    }

    Replies begin(byte[] body) {
        Replies replies = new Replies();
        int handle = controller.register(replies);
        controller.send(controller.message(Message.NORMAL, ID, Handles.CALL, handle, body));
        return replies;
    }

    Answer call(CallBody call) throws InterruptedException {
        return new Answer(begin(call).next());
    }

    void cancel(CallBody call, int graceMillis) {
        byte[] body = new byte[8];
        Message.putInt(body, 0, call.number);
        Message.putInt(body, 4, graceMillis);
        controller.send(controller.message(Message.CONTROL, ID, Handles.CANCEL, 0, body));
    }

    /** Ends the workers. */
    @Override
    public void close() {
        wire.up.end("the test is over");
        context.calls.interruptAll();
        context.calls.workers.close();
        assertThat(context.calls.workers.await(30000)).as("all calls end").isTrue();
    }
}
