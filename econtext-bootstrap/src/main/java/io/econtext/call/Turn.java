package io.econtext.call;

/** The place of a call in its chain. Immutable. */
final class Turn {
    /** The life that the chain began in. */
    final Life life;
    /** Of its {@link CallQueue} there. */
    final int handle;
    /** 1 for the first, and for the first after a reset. */
    final int number;

    Turn(Life life, int handle, int number) {
        this.life = life;
        this.handle = handle;
        this.number = number;
    }
}
