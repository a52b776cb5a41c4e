package io.econtext.demo;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** The service that a newcomer runs first. */
@SpringBootApplication
public class DemoApplication {

    /** Starts the service. */
    public static void main(String[] args) {
        SpringApplication.run(DemoApplication.class, args);
    }
}
