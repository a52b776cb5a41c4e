package com.acme.java8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.security.CodeSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.ResourceBundle;
import java.util.ServiceLoader;
import java.util.function.Supplier;

/** A library that looks at how it is packaged, on targets of Java 8 and newer. */
public final class Packaged implements Supplier<String> {
    @Override
    public String get() {
        return "a service";
    }

    /** What it finds of itself. */
    public static List<String> look() throws IOException {
        List<String> found = new ArrayList<>();
        CodeSource source = Packaged.class.getProtectionDomain().getCodeSource();
        found.add(source.getLocation().getPath());
        found.add(String.valueOf(source.getCodeSigners()));
        Package own = Packaged.class.getPackage();
        found.add(own.getImplementationTitle() + " " + own.getImplementationVersion());
        found.add(own.isSealed() + " " + own.isSealed(source.getLocation()));
        for (Locale locale : new Locale[] {Locale.GERMAN, Locale.ROOT}) {
            found.add(ResourceBundle.getBundle("com.acme.java8.texts", locale).getString("hello"));
        }
        for (URL url : Collections.list(Packaged.class.getClassLoader().getResources("com/acme/java8/words.txt"))) {
            found.add(read(url) + read(new URL(url.toString())));
        }
        for (Supplier<?> service : ServiceLoader.load(Supplier.class, Packaged.class.getClassLoader())) {
            found.add(String.valueOf(service.get()));
        }
        return found;
    }

    private static String read(URL url) throws IOException {
        try (BufferedReader in = new BufferedReader(new InputStreamReader(url.openStream(), StandardCharsets.UTF_8))) {
            return in.readLine();
        }
    }
}
