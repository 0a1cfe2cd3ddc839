package dev.parc.report.html;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.jsoup.Jsoup;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HtmlTest {

    @ParameterizedTest
    @ValueSource(
            strings = {"<b>", "\" onclick=\"x", "' onclick='x", "&lt;", "{}", "</p><script>x</script>", "👩‍💻 יעל"})
    void whatIsPutInIsTextInElementsAndAttributes(String value) {
        var body = Jsoup.parse(Html.of("<p title=\"{}\" lang='{}'>{}</p>", value, value, value)
                        .markup())
                .body();

        assertThat(body.children()).hasSize(1);
        assertThat(body.child(0).attributes().asList()).hasSize(2);
        assertThat(body.child(0).attr("title")).isEqualTo(value);
        assertThat(body.child(0).attr("lang")).isEqualTo(value);
        assertThat(body.child(0).text()).isEqualTo(value);
        assertThat(body.child(0).children()).isEmpty();
    }

    @Test
    void whatIsHtmlAlreadyStaysAndNumbersAreReadable() {
        assertThat(Html.of("{} {}", Html.of("<b>{}</b>", "&"), 12_345).markup()).isEqualTo("<b>&amp;</b> 12,345");
    }

    @Test
    void whatReordersALineIsSpeltOut() {
        assertThat(Html.name("a\u202Eb").markup()).isEqualTo("<bdi>a[U+202E]b</bdi>");
    }

    @Test
    void placesAndValuesMustBeAsMany() {
        assertThatThrownBy(() -> Html.of("{}")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Html.of("", "x")).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"javascript:alert(1)", "http://a.example", "data:text/html,x", " https://a.example", ""})
    void onlyHttpsIsALink(String address) {
        assertThat(Jsoup.parse(Html.link(address).markup()).select("a")).isEmpty();
        assertThat(Jsoup.parse(Html.link("HTTPS://a.example/?a=1&b='2").markup())
                        .select("a")
                        .attr("href"))
                .isEqualTo("HTTPS://a.example/?a=1&b='2");
    }

    @Test
    void nothingIsEmpty() {
        assertThat(Html.each(List.of(), item -> Html.of("x")).isEmpty()).isTrue();
        assertThat(Html.of("x").when(false)).isEqualTo(Html.NONE);
    }
}
