package io.econtext;

/** What {@link Econtext#run} runs. */
@FunctionalInterface
public interface Program {
    void run(Controller broker) throws Exception;
}
