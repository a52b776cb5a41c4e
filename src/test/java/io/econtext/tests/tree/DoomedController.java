package io.econtext.tests.tree;

import io.econtext.Exec;
import io.econtext.Ssh;
import io.econtext.broker.Broker;
import java.util.concurrent.CountDownLatch;

/** A controller of its own process, for a test to kill while its tree is busy. */
final class DoomedController {
    /** What it prints when all is as it is to be found. */
    static final String READY = "ready to be killed";

    /** What the program on the second host is to be found by. */
    static final String STUBBORN = "it ignores signals";

    private DoomedController() {}

    /** @param args the first host's address, a key, and its known hosts */
    public static void main(String[] args) throws Exception {
        Broker broker = Broker.create();
        FamilyTree tree = new FamilyTree(
                broker,
                Ssh.to(args[0])
                        .identity(args[1])
                        .knownHostsFile(args[2])
                        .agent(false)
                        .configFile(""));
        tree.connect();
        tree.get("a/x/1").runAsync(DoomedController::spin);
        tree.get("a/x").runAsync(DoomedController::spin);
        tree.get("a/b/1").runAsync(DoomedController::start);
        while (tree.get("a/b/1").call(DoomedController::started) == 0) {
            tree.get("a/x/1").ping();
        }
        System.out.println(READY);
        // all other threads are daemons
        new CountDownLatch(1).await();
    }

    static void spin() {
        while (true) {
            Thread.onSpinWait();
        }
    }

    /** Runs a program that goes on whatever it is told. */
    static void start() throws Exception {
        Exec.run("sh", "-c", "trap '' HUP INT TERM; while :; do sleep 1; done # " + STUBBORN);
    }

    static long started() {
        return ProcessHandle.current().descendants().count();
    }
}
