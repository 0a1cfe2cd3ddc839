package dev.parc.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.parc.assessment.ledger.RefusedException;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CallbackPolicyTest {

    private static final CallbackPolicy CALLBACKS = new CallbackPolicy(Set.of("hooks.contoso.com", ".contoso.example"));
    private static final String LOGIC_APP =
            "https://prod-01.westeurope.logic.azure.com:443/workflows/1/runs/2/actions/3"
                    + "?api-version=2016-06-01&sp=%2Fruns&sv=1.0&sig=secret";

    @ParameterizedTest
    @ValueSource(
            strings = {
                LOGIC_APP,
                "https://prod-01.usgovvirginia.logic.azure.us/workflows/1?sig=x",
                "https://HOOKS.contoso.com/parc",
                "https://any.name.contoso.example/parc"
            })
    void anAllowedHostByHttpsIsTaken(String address) {
        assertThat(CALLBACKS.checked(address)).hasToString(address);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "http://prod-01.westeurope.logic.azure.com/workflows/1 | the callback must be an https address",
                "ftp://hooks.contoso.com/ | the callback must be an https address",
                "hooks.contoso.com | the callback must be an https address",
                "https://me:secret@hooks.contoso.com/ | the callback must have no user name and no fragment",
                "https://hooks.contoso.com/#a | the callback must have no user name and no fragment",
                "https://hooks.contoso.com:8443/ | the callback must be on port 443",
                "https://hooks contoso.com/ | the callback is not an address"
            })
    void anythingElseIsRefusedWithAReason(String address, String reason) {
        assertThatExceptionOfType(RefusedException.class)
                .isThrownBy(() -> CALLBACKS.checked(address))
                .withMessage(reason);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://evil.example/",
                "https://contoso.example/",
                "https://evilcontoso.example/",
                "https://x.hooks.contoso.com/",
                "https://logic.azure.com/",
                "https://evil-logic.azure.com/",
                "https://prod.logic.azure.com.evil.example/",
                "https://127.0.0.1/",
                "https://169.254.169.254/metadata",
                "https://[::1]/",
                "https://2130706433/",
                "https://0x7f.1/",
                "https://localhost/",
                "https://a.contoso.example./",
                "https:///path",
                "https://"
            })
    void aHostThatIsNotAllowedIsRefused(String address) {
        assertThatExceptionOfType(RefusedException.class).isThrownBy(() -> CALLBACKS.checked(address));
    }

    @Test
    void aRefusalRepeatsNoSecret() {
        assertThatExceptionOfType(RefusedException.class)
                .isThrownBy(() -> CALLBACKS.checked("https://evil.example/?sig=secret"))
                .satisfies(e -> assertThat(e.getMessage()).doesNotContain("secret"));
        assertThatExceptionOfType(RefusedException.class)
                .isThrownBy(() -> CALLBACKS.checked(LOGIC_APP + "x".repeat(2000)))
                .withMessage("the callback must be at most 2000 characters long");
    }
}
