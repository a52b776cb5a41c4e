package io.econtext.demo;

import java.util.List;

/**
 * What a host says of itself. Made there, it travels here as a value.
 *
 * @param memoryFree what programs could get, in bytes
 * @param up since when it runs, for people
 * @param users who is logged in
 */
record HostReport(
        String host,
        String system,
        String java,
        int cpus,
        double load,
        long memory,
        long memoryFree,
        List<Disk> disks,
        String up,
        List<String> users) {

    /** A file system; sizes in bytes. */
    record Disk(String mount, long size, long free) {}
}
