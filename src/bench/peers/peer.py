#!/usr/bin/python3
"""The cases of io.econtext.bench.Figures that its peers have, too: peer.py mitogen|execnet CONTEXTS AT_A_TIME.

Prints lines of a case and its samples: "many-time" in milliseconds, "many-memory" in MiB, "one-hop" and "three-hops" in
microseconds. Prints nothing where the peer isn't installed.
"""
import os
import sys
import threading
import time

PYTHON = "/usr/bin/python3"
WARM_UP = 500
CALLS = 1000


def mitogen_peer():
    import logging

    import mitogen.master

    logging.basicConfig(level=logging.ERROR)
    router = mitogen.master.Router(mitogen.master.Broker())

    def start(via):
        return router.local(python_path=PYTHON, via=via, connect_timeout=120)

    def call(context):
        assert context.call(abs, -1) == 1

    def pid(context):
        return context.call(os.getpid)

    return start, call, pid


def execnet_peer():
    import execnet

    group = execnet.Group()

    def start(via):
        return group.makegateway("popen//python=" + PYTHON + ("//via=" + via.id if via else ""))

    def call(gateway):
        assert gateway.remote_exec("channel.send(abs(-1))").receive() == 1

    def pid(gateway):
        return gateway.remote_exec("import os; channel.send(os.getpid())").receive()

    return start, call, pid


def pss(pid):
    with open("/proc/%d/smaps_rollup" % pid) as lines:
        return next(int(line.split()[1]) for line in lines if line.startswith("Pss:")) / 1024


def many(start, call, pid, number, at_a_time):
    todo, contexts = list(range(number)), []

    def work():
        while True:
            try:
                todo.pop()
            except IndexError:
                return
            context = start(None)
            call(context)
            contexts.append(context)

    begin = time.perf_counter()
    threads = [threading.Thread(target=work) for _ in range(at_a_time)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    print("many-time", (time.perf_counter() - begin) * 1e3)
    assert len(contexts) == number
    print("many-memory", sum(pss(pid(context)) for context in contexts))


def hops(start, call):
    one = start(None)
    contexts = {"one-hop": one, "three-hops": start(start(one))}
    for name, context in contexts.items():
        micros = []
        for i in range(WARM_UP + CALLS):
            begin = time.perf_counter()
            call(context)
            micros.append((time.perf_counter() - begin) * 1e6)
        print(name, *micros[WARM_UP:])


def main():
    try:
        start, call, pid = {"mitogen": mitogen_peer, "execnet": execnet_peer}[sys.argv[1]]()
    except ImportError:
        return
    many(start, call, pid, int(sys.argv[2]), int(sys.argv[3]))
    hops(start, call)
    sys.stdout.flush()
    # The contexts of both end when this process does.
    os._exit(0)


main()
