package io.econtext.types;

import io.econtext.core.ValueException;
import java.net.InetAddress;
import java.net.UnknownHostException;

/**
 * Internet addresses as {@code name/1.2.3.4}; neither direction asks a name server. An IPv6 scope, which means something
 * on its own host only, is left out.
 *
 * <p>Stateless.
 */
final class Addresses {
    private static final int IPV4_PARTS = 4;
    private static final int IPV6_PARTS = 8;

    private Addresses() {}

    static String text(InetAddress address) {
        String text = address.toString(); // has the name only if it is known already
        int scope = text.indexOf('%', text.indexOf('/'));
        return scope < 0 ? text : text.substring(0, scope);
    }

    static InetAddress parse(String text) {
        int slash = text.lastIndexOf('/');
        String digits = text.substring(slash + 1);
        boolean old = digits.indexOf(':') < 0;
        String[] parts = digits.split(old ? "\\." : ":", -1);
        if (slash < 0 || parts.length != (old ? IPV4_PARTS : IPV6_PARTS)) {
            throw new ValueException("not an address: " + text);
        }
        byte[] address = new byte[old ? IPV4_PARTS : 2 * IPV6_PARTS];
        for (int i = 0; i < parts.length; i++) {
            int part = Integer.parseInt(parts[i], old ? 10 : 16);
            if (part < 0 || part > (old ? 0xFF : 0xFFFF)) {
                throw new ValueException("not an address: " + text);
            }
            if (old) {
                address[i] = (byte) part;
            } else {
                address[2 * i] = (byte) (part >> 8);
                address[2 * i + 1] = (byte) part;
            }
        }
        try {
            return slash == 0
                    ? InetAddress.getByAddress(address)
                    : InetAddress.getByAddress(text.substring(0, slash), address);
        } catch (UnknownHostException e) { // of a wrong length, which it isn't
            throw new ValueException(e.toString());
        }
    }
}
