package io.econtext;

import java.io.File;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.StringTokenizer;

/** Finds the local file systems and how full they are. Stateless. */
final class Disks {
    /** What may be the root of a container or of a host that boots from memory. */
    private static final List<String> ROOTS =
            Arrays.asList("overlay", "zfs", "tmpfs", "rootfs", "aufs", "fuse-overlayfs");

    private Disks() {}

    static List<HostFacts.Disk> of(HostFiles files) {
        List<HostFacts.Disk> disks = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        for (String line : files.lines("proc/mounts")) {
            StringTokenizer words = new StringTokenizer(line, " ");
            if (words.countTokens() < 3) {
                continue;
            }
            String device = words.nextToken();
            File mount = new File(unescaped(words.nextToken()));
            String type = words.nextToken();
            // the server of a network file system may be gone, and asking for its size would block
            boolean local = device.startsWith("/dev/") || type.equals("zfs");
            boolean root = mount.getPath().equals("/") && ROOTS.contains(type);
            // containers mount single files of the host's disk, such as /etc/hosts
            if ((local || root) && mount.isDirectory() && seen.add(local ? device : mount.getPath())) {
                disks.add(disk(mount, type));
            }
        }
        if (disks.isEmpty()) {
            for (File drive : File.listRoots()) {
                disks.add(disk(drive, ""));
            }
        }
        return disks;
    }

    private static HostFacts.Disk disk(File mount, String type) {
        return new HostFacts.Disk(mount.getPath(), type, mount.getTotalSpace(), mount.getUsableSpace());
    }

    /** Blanks, tabs, newlines and backslashes are written as a backslash and three octal digits. */
    private static String unescaped(String path) {
        if (path.indexOf('\\') < 0) {
            return path;
        }
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < path.length(); i++) {
            char c = path.charAt(i);
            if (c == '\\' && i + 3 < path.length()) {
                text.append((char) Integer.parseInt(path.substring(i + 1, i + 4), 8));
                i += 3;
            } else {
                text.append(c);
            }
        }
        return text.toString();
    }
}
