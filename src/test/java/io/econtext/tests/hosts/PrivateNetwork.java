package io.econtext.tests.hosts;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.model.ContainerNetwork;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.Network;

/** A network of two: a host that is in another one, too, and one that is in no other. Used by one thread. */
final class PrivateNetwork implements AutoCloseable {

    private final DockerClient engine = DockerClientFactory.lazyClient();
    private final String gateway;
    private final String name;
    /** Leads nowhere else: the way out of a gateway, by which its port is reached, must not become another. */
    private final Network network = Network.builder()
            .createNetworkCmdModifier(create -> create.withInternal(true))
            .build();

    /** @param name the name by which the gateway finds the other */
    PrivateNetwork(Host gateway, String name) {
        this.gateway = gateway.containerId();
        this.name = name;
    }

    /** Before it is started. */
    void contain(GenericContainer<?> inner) {
        inner.withNetwork(network).withNetworkAliases(name);
        engine.connectToNetworkCmd()
                .withNetworkId(network.getId())
                .withContainerId(gateway)
                .exec();
    }

    void disconnect(GenericContainer<?> inner) {
        disconnect(inner.getContainerId());
    }

    void connect(GenericContainer<?> inner) {
        engine.connectToNetworkCmd()
                .withNetworkId(network.getId())
                .withContainerId(inner.getContainerId())
                .withContainerNetwork(new ContainerNetwork().withAliases(name))
                .exec();
    }

    private void disconnect(String container) {
        engine.disconnectFromNetworkCmd()
                .withNetworkId(network.getId())
                .withContainerId(container)
                .withForce(true)
                .exec();
    }

    @Override
    public void close() {
        try {
            disconnect(gateway);
        } catch (NotFoundException e) {
            // it was closed before
        }
        network.close();
    }
}
