package io.econtext.connect;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.Security;
import org.apache.sshd.common.util.security.SecurityUtils;
import org.junit.jupiter.api.Test;

/** Who does the cryptography. */
class CryptographyTest {

    @Test
    void bulkIsTheJdksAndTheJvmsProvidersStayAsTheyWere() throws Exception {
        Cryptography.prepare();
        assertThat(SecurityUtils.getCipher("AES/GCM/NoPadding").getProvider().getName())
                .isEqualTo("SunJCE");
        assertThat(SecurityUtils.getMac("HmacSHA256").getProvider().getName()).isEqualTo("SunJCE");
        assertThat(SecurityUtils.isEDDSACurveSupported()).isTrue();
        assertThat(Security.getProvider("BC")).isNull();
    }
}
