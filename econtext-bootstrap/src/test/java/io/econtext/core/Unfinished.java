package io.econtext.core;

import java.util.ArrayList;
import java.util.List;

/** What a router has begun to put together and not finished. Stateless. */
public final class Unfinished {
    private Unfinished() {}

    /** The contexts whose messages it is. */
    public static List<Integer> sources(Router router) {
        List<Integer> sources = new ArrayList<>();
        for (Long key : router.partials.keySet()) {
            sources.add((int) (key >> 32));
        }
        return sources;
    }
}
