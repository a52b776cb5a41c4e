package io.econtext.connect;

import io.econtext.ConnectBack;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;

/** From where a call back may come. Immutable. */
final class Callers {
    static final String UNKNOWN = "where it may call back from can't be resolved: %s";

    /** {@code null} for anywhere. */
    private final List<InetAddress> addresses;

    private Callers(List<InetAddress> addresses) {
        this.addresses = addresses;
    }

    /** @param peer where the context was started, or {@code null} */
    static Callers of(ConnectBack way, InetAddress peer) throws UnknownHostException {
        if (way.isFromAnywhere() || way.from().isEmpty() && peer == null) {
            return new Callers(null);
        }
        List<InetAddress> addresses = new ArrayList<>();
        for (String name : way.from()) {
            addresses.addAll(List.of(InetAddress.getAllByName(name)));
        }
        if (way.from().isEmpty()) {
            addresses.add(peer);
        }
        return new Callers(addresses);
    }

    boolean include(InetAddress address) {
        return addresses == null
                || addresses.contains(address)
                // this machine has one name and many addresses
                || addresses.stream().anyMatch(Callers::isHere) && isHere(address);
    }

    private static boolean isHere(InetAddress address) {
        try {
            return address.isLoopbackAddress() || NetworkInterface.getByInetAddress(address) != null;
        } catch (SocketException e) {
            return false;
        }
    }

    @Override
    public String toString() {
        return addresses == null
                ? "anywhere"
                : String.join(
                        " or ",
                        addresses.stream().map(InetAddress::getHostAddress).toList());
    }
}
