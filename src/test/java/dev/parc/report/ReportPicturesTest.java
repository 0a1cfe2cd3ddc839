package dev.parc.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parc.browser.Chromium;
import dev.parc.browser.Tab;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The pictures of the report in the README and in docs; {@code mvn test -Dtest=ReportPicturesTest -Dpictures=write} makes them. */
class ReportPicturesTest {

    private static final Path IMAGES = Path.of("docs", "images");

    /** A browser of another version draws a letter otherwise, so pictures are not compared point by point. */
    @ParameterizedTest
    @CsvSource({
        "report.png, 1280, 800",
        "report-dark.png, 1280, 800",
        "report-item.png, 1280, 800",
        "report-phone.png, 780, 1688"
    })
    void thePicturesAreThereAndShown(String name, int width, int height) throws IOException {
        BufferedImage picture = ImageIO.read(IMAGES.resolve(name).toFile());

        assertThat(picture.getWidth()).isEqualTo(width);
        assertThat(picture.getHeight()).isEqualTo(height);
        assertThat(Files.size(IMAGES.resolve(name))).isLessThan(400_000);
        assertThat(Files.readString(Path.of("README.md")) + Files.readString(Path.of("docs", "report.md")))
                .contains("images/" + name);
    }

    @Test
    @EnabledIfSystemProperty(named = "pictures", matches = "write")
    void write(@TempDir Path folder) throws IOException {
        Path page = DemoPage.write(folder);
        try (Tab tab = Chromium.tab()) {
            tab.screen(1280, 800).media("light", "screen").open(page);
            Files.write(IMAGES.resolve("report.png"), tab.picture());
            tab.media("dark", "screen");
            Files.write(IMAGES.resolve("report-dark.png"), tab.picture());
            tab.media("light", "screen").value("location.hash = 'S1-06'");
            tab.value("new Promise(done => setTimeout(done, 300))");
            Files.write(IMAGES.resolve("report-item.png"), tab.picture());
            tab.screen(390, 844, 2).open(page);
            Files.write(IMAGES.resolve("report-phone.png"), tab.picture());
        }
    }
}
