package com.acme;

/** An application's own class, where nothing is asked of it. */
public final class Trivial {
    private Trivial() {}

    public static void nothing() {}
}
