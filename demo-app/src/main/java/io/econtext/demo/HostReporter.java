package io.econtext.demo;

import io.econtext.Facts;
import io.econtext.HostFacts;
import io.econtext.spring.RemoteCall;
import java.util.concurrent.CompletableFuture;
import java.util.logging.Logger;
import org.apache.commons.lang3.time.DurationFormatUtils;
import org.springframework.stereotype.Component;

/**
 * Runs in the context that its argument names, where neither this class nor the library it uses was ever installed. What
 * it logs there arrives in this program's log.
 */
@Component
@RemoteCall("#{#context}")
class HostReporter {

    CompletableFuture<HostReport> report(String context) {
        HostFacts facts = Facts.gather();
        Logger.getLogger(HostReporter.class.getName()).info("reporting as " + context);
        return CompletableFuture.completedFuture(new HostReport(
                facts.host(),
                facts.os() + ", " + facts.arch(),
                facts.javaVersion(),
                facts.cpus(),
                facts.load(),
                facts.memoryTotal(),
                facts.memoryAvailable(),
                facts.disks().stream()
                        .map(disk -> new HostReport.Disk(disk.mount(), disk.size(), disk.free()))
                        .toList(),
                DurationFormatUtils.formatDuration(facts.uptimeSeconds() * 1000, "d'd' HH:mm"),
                facts.logins().stream().map(HostFacts.Login::user).distinct().toList()));
    }
}
