package dev.parc.collect;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class WrittenTextTest {

    private static final String TEXT = "{\"name\": \"Zürich 東京\"}\r\n";

    @Test
    void utf8IsReadWithAndWithoutItsMark() {
        assertThat(WrittenText.of(TEXT.getBytes(StandardCharsets.UTF_8))).isEqualTo(TEXT);
        assertThat(WrittenText.of(("\uFEFF" + TEXT).getBytes(StandardCharsets.UTF_8)))
                .isEqualTo(TEXT);
    }

    /** As Windows PowerShell writes it, and as other programs do. */
    @Test
    void utf16IsReadInEitherOrderWithAndWithoutItsMark() {
        for (Charset charset : new Charset[] {StandardCharsets.UTF_16LE, StandardCharsets.UTF_16BE}) {
            assertThat(WrittenText.of(TEXT.getBytes(charset))).isEqualTo(TEXT);
            assertThat(WrittenText.of(("\uFEFF" + TEXT).getBytes(charset))).isEqualTo(TEXT);
        }
    }

    @Test
    void nearlyNothingIsAText() {
        assertThat(WrittenText.of(new byte[0])).isEmpty();
        assertThat(WrittenText.of(new byte[] {'7'})).isEqualTo("7");
        assertThat(WrittenText.of(new byte[] {(byte) 0xff, (byte) 0xfe})).isEmpty();
    }
}
