package dev.parc.store.table;

import static dev.parc.assessment.Assessments.TENANT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.azure.core.credential.TokenCredential;
import com.azure.core.exception.ClientAuthenticationException;
import com.azure.core.http.policy.FixedDelayOptions;
import com.azure.core.http.policy.RetryOptions;
import dev.parc.assessment.ledger.StoreException;
import dev.parc.assessment.run.RunStore;
import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;

/** What an operator reads when the tables cannot be used: one line, and no secret in it. */
class TableRunStoreFailureTest {

    private static final TokenCredential NOBODY =
            request -> Mono.error(new ClientAuthenticationException("no identity\nat all", null));
    private static final String KEY = "c2VjcmV0LW9mLXRoZS1hY2NvdW50";

    private static final RetryOptions ONCE = new RetryOptions(new FixedDelayOptions(0, Duration.ZERO));

    private static RunStore at(String connectionString) {
        return new TableRunStore(
                TENANT,
                () -> Tables.builder()
                        .retryOptions(ONCE)
                        .connectionString(connectionString)
                        .buildClient());
    }

    private static String message(RunStore store) {
        StoreException thrown = catchThrowableOfType(StoreException.class, () -> store.newest(1));
        String message = String.valueOf(thrown.getMessage());
        assertThat(message).doesNotContain("\n", KEY, "AccountKey").isNotBlank();
        return message;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "nonsense",
                "AccountName=parc",
                "AccountKey=" + KEY,
                "DefaultEndpointsProtocol=https;AccountName=parc",
                "DefaultEndpointsProtocol=https;AccountName=parc;AccountKey=" + KEY + ";TableEndpoint=:::"
            })
    void aBrokenConnectionStringIsNamedButNotShown(String connectionString) {
        assertThat(message(TableRunStore.of(connectionString, TENANT))).contains("PARC_TABLES");
    }

    @Test
    void aKeyDoesNotTravelWithoutEncryption() {
        assertThat(message(TableRunStore.of(
                        "DefaultEndpointsProtocol=http;AccountName=parc;AccountKey=" + KEY
                                + ";TableEndpoint=http://tables.example/parc;",
                        TENANT)))
                .contains("https", "tables.example");
        assertThat(message(TableRunStore.of(URI.create("http://parc.table.example"), NOBODY, TENANT)))
                .contains("https", "parc.table.example");
    }

    @Test
    void aWrongKeyIsARefusalThatNamesTheRole() {
        String wrong = Azurite.connectionString().replaceAll("AccountKey=[^;]+", "AccountKey=" + KEY);

        assertThat(message(at(wrong))).contains("403", "Storage Table Data Contributor");
    }

    @Test
    void aServiceThatIsNotThereCannotBeReached() {
        String nowhere = Azurite.connectionString().replaceAll("127.0.0.1:\\d+", "127.0.0.1:1");

        assertThat(message(at(nowhere))).contains("127.0.0.1", "cannot be reached");
    }

    @Test
    void anIdentityThatIsNoneIsNamed() {
        assertThat(message(new TableRunStore(
                        TENANT,
                        () -> Tables.builder()
                                .retryOptions(ONCE)
                                .endpoint("https://parc.table.example")
                                .credential(NOBODY)
                                .buildClient())))
                .contains("parc.table.example", "az login");
    }
}
