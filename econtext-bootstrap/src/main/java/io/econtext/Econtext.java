package io.econtext;

import io.econtext.core.Context;

/** Where code finds out where it runs. Safe for use by any thread. */
public final class Econtext {
    private final String name;
    private final int id;
    private final int parent;

    private Econtext(String name, int id, int parent) {
        this.name = name;
        this.id = id;
        this.parent = parent;
    }

    /** The context that this code runs in: a remote one, or the controller. */
    public static Econtext current() {
        Context here = Context.current;
        return here == null
                ? new Econtext("controller", 0, -1)
                : new Econtext(here.name, here.router.id(), here.router.parent());
    }

    public String name() {
        return name;
    }

    /** The number by which messages find this context; 0 is the controller. */
    public int id() {
        return id;
    }

    /** The id of the context that started this one; -1 for the controller. */
    public int parentId() {
        return parent;
    }

    /** Whether this is a context that was started by another. */
    public boolean isRemote() {
        return id != 0;
    }

    @Override
    public String toString() {
        return name + " (" + id + ")";
    }
}
